package com.qcompany.ops;

import com.qcompany.hive.DurableFile;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An Oozie server: its directory, what it is to know, and the commands that run it there.
 *
 * <pre>
 * conf/             oozie-site.xml, action-conf/default.xml, log4j; rewritten at every start
 * data/             the Derby database, if that is the server's
 * logs/             oozie.log, server.out, database.out
 * tmp/              scratch
 * oozie.pid         process of an embedded stack's server
 * database.created  there once the tables of its database have been made
 * </pre>
 *
 * @param directory everything it keeps
 * @param templates of its configuration
 * @param port port of its web services, on the loopback address
 * @param database where it keeps its jobs
 * @param mail where it sends mail
 * @param jvmOptions of the launchers of actions, separated by blanks
 */
public record OozieHome(
        Path directory, SiteFiles templates, int port, Database database, InetSocketAddress mail, String jvmOptions) {

    /** Directory of HDFS with the libraries that Oozie gives to its launchers. */
    public static final String SHARE_LIBRARY = "/oozie/share/lib";

    private static final int PATIENCE_MINUTES = 2;

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

    /**
     * Writes the configuration and, the first time, makes the tables of the database.
     *
     * @throws IOException when the tables cannot be made, naming the log
     */
    public void prepare() throws IOException, InterruptedException {
        for (String name : List.of("conf/action-conf", "data", "logs", "tmp")) {
            Files.createDirectories(directory.resolve(name));
        }
        SiteFiles files = templates.with(values());
        // It holds the database's password.
        DurableFile.write(conf().resolve("oozie-site.xml"), files.text("oozie-site.xml"), DurableFile.OWNER_ONLY);
        DurableFile.write(conf().resolve("oozie-log4j.properties"), files.text("oozie-log4j.properties"));
        DurableFile.write(conf().resolve("action-conf/default.xml"), files.text("oozie-action-conf.xml"));
        createTables();
    }

    private void createTables() throws IOException, InterruptedException {
        Path created = directory.resolve("database.created");
        if (Files.exists(created)) {
            return;
        }
        Path log = log("database.out");
        Path script = directory.resolve("tmp/schema.sql");
        Files.deleteIfExists(script);
        Process process = new ProcessBuilder(
                        java("org.apache.oozie.tools.OozieDBCLI", "create", "-sqlfile", script.toString(), "-run"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(new File("/dev/null"))
                .start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("Cannot make the tables of Oozie's database %s (see %s)".formatted(database, log));
        }
        Files.createFile(created);
    }

    /** The command line of the server. */
    public List<String> serverCommand() {
        return java("org.apache.oozie.server.EmbeddedOozieServer");
    }

    /** A file of its logs. */
    public Path log(String name) {
        return directory.resolve("logs").resolve(name);
    }

    private Path conf() {
        return directory.resolve("conf");
    }

    private List<String> java(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                "-Doozie.home.dir=" + directory,
                "-Doozie.config.dir=" + conf(),
                "-Doozie.data.dir=" + directory.resolve("data"),
                "-Doozie.log.dir=" + directory.resolve("logs"),
                "-Doozie.config.file=oozie-site.xml",
                "-Doozie.log4j.file=oozie-log4j.properties",
                "-Doozie.log4j.reload=10",
                "-Doozie.instance.id=q",
                "-Dderby.stream.error.file=" + directory.resolve("logs/derby.log")));
        command.addAll(List.of(jvmOptions.split(" ")));
        command.addAll(List.of("-cp", OozieLibrary.classPath(), program));
        command.addAll(List.of(arguments));
        return command;
    }

    private Map<String, String> values() {
        return Map.of(
                "oozie.jdbc.driver", database.driver,
                "oozie.jdbc.url", database.url,
                "oozie.jdbc.user", database.user,
                "oozie.jdbc.password", database.password,
                "oozie.sharelib", SHARE_LIBRARY,
                "smtp.host", mail.getHostString(),
                "smtp.port", Integer.toString(mail.getPort()));
    }
}
