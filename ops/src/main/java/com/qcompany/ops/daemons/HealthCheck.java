package com.qcompany.ops.daemons;

import com.qcompany.ops.schedule.OozieJobs;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Properties;
import org.apache.commons.io.IOUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.oozie.client.OozieClient;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;

/** Asks a server whether it can be used. */
@FunctionalInterface
interface HealthCheck {

    /** The answer of a server that can be used. */
    String UP = "up";

    int PATIENCE_MS = 5_000;

    /**
     * {@link #UP}, or in a few words what it waits for.
     *
     * @throws Exception when it does not answer
     */
    String state() throws Exception;

    /** Asks also for another thing, once this holds. */
    default HealthCheck and(HealthCheck other) {
        return () -> {
            String state = state();
            return state.equals(UP) ? other.state() : state;
        };
    }

    /**
     * Asks a web service.
     *
     * @param expected stands in the answer of a server that can be used
     * @param otherwise the state of one whose answer lacks it
     */
    static HealthCheck http(String url, String expected, String otherwise) {
        return () -> {
            URLConnection connection = URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MS);
            connection.setReadTimeout(PATIENCE_MS);
            try (InputStream answer = connection.getInputStream()) {
                return IOUtils.toString(answer, StandardCharsets.UTF_8).contains(expected) ? UP : otherwise;
            }
        };
    }

    /**
     * Has a server answer {@code SELECT 1}.
     *
     * @param properties of the connection: user, password, time limits
     */
    static HealthCheck jdbc(String url, Properties properties) {
        return () -> {
            try (Connection connection = DriverManager.getConnection(url, properties);
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
                return UP;
            }
        };
    }

    /**
     * Has a broker describe its cluster.
     *
     * @param security what else its clients are to know
     */
    static HealthCheck kafka(String bootstrap, Properties security) {
        Properties client = new Properties();
        client.putAll(security);
        client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        return () -> {
            try (Admin admin = Admin.create(client)) {
                return admin.describeCluster().nodes().get().isEmpty() ? "no broker" : UP;
            }
        };
    }

    /** Asks the Oozie server that a client's configuration names for its mode. */
    static HealthCheck oozie(Configuration client) {
        return () -> OozieJobs.of(client).client().getSystemMode() == OozieClient.SYSTEM_MODE.NORMAL
                ? UP
                : "not taking jobs";
    }

    /** Has a Hive metastore on the loopback address count its databases, which it reads from its own. */
    static HealthCheck metastore(int port) {
        return () -> {
            try (TSocket socket = new TSocket("127.0.0.1", port, PATIENCE_MS)) {
                socket.open();
                return new ThriftHiveMetastore.Client(new TBinaryProtocol(socket))
                                .get_all_databases()
                                .isEmpty()
                        ? "no database"
                        : UP;
            }
        };
    }
}
