package com.qcompany.ops;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * What one Oozie server is to know.
 *
 * @param home directory of everything it keeps, see {@link OozieHome}
 * @param templates of its configuration
 * @param port port of its web services, on the loopback address
 * @param database where it keeps its jobs
 * @param mail where it sends mail
 * @param jvmOptions of the launchers of actions, separated by blanks
 */
public record OozieSettings(
        Path home, SiteFiles templates, int port, Database database, InetSocketAddress mail, String jvmOptions) {

    /** A database by JDBC. */
    public record Database(String driver, String url, String user, String password) {

        /** Derby in the server's own process, on files. */
        static Database derby(Path directory) {
            return new Database(
                    "org.apache.derby.jdbc.EmbeddedDriver",
                    "jdbc:derby:%s;create=true".formatted(directory),
                    "sa",
                    " ");
        }

        @Override
        public String toString() {
            return url;
        }
    }

    /** Address of web services, as clients want it. */
    public String url() {
        return "http://127.0.0.1:%d/oozie".formatted(port);
    }
}
