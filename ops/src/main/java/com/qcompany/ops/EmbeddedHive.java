package com.qcompany.ops;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.conf.HiveConf;
import org.apache.hadoop.hive.metastore.conf.MetastoreConf;
import org.apache.hive.service.Service;
import org.apache.hive.service.server.HiveServer2;

/** HiveServer2 with an embedded metastore on Derby, in this process. */
record EmbeddedHive(HiveServer2 server, MetastoreDatabase metastore) implements AutoCloseable {

    /** Two minutes. */
    private static final String PATIENCE = ";retries=2400;retryInterval=50";

    /**
     * Starts the server and waits until it takes a connection.
     *
     * @param conf configuration of the stack; not changed
     * @param site Hive's own settings; replaced by the union of both, for the server reads nothing but this file
     * @param url JDBC URL at which it will listen
     */
    static EmbeddedHive start(Configuration conf, Path site, MetastoreDatabase metastore, String url)
            throws IOException, SQLException {
        Configuration all = new Configuration(conf);
        all.addResource(new org.apache.hadoop.fs.Path(site.toUri()));
        // All of the text first: the file is read again when another server adds defaults meanwhile.
        Files.writeString(site, SiteFiles.xml(all));
        URL location = site.toUri().toURL();
        HiveConf.setHiveSiteLocation(location);
        MetastoreConf.setHiveSiteLocation(location);

        HiveServer2 server = new HiveServer2();
        server.init(new HiveConf(EmbeddedHive.class));
        server.start();
        EmbeddedHive hive = new EmbeddedHive(server, metastore);
        try (Connection connection = DriverManager.getConnection(url + PATIENCE)) {
            return hive;
        } catch (SQLException e) {
            hive.close();
            throw e;
        }
    }

    /** Stops the server; the metastore's files are closed. */
    @Override
    public void close() throws SQLException {
        synchronized (server) { // its own shutdown hook may have come first, and a second stop fails
            if (server.getServiceState() == Service.STATE.STARTED) {
                server.stop();
            }
        }
        metastore.shutDown();
    }
}
