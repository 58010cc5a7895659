package com.qcompany.ops.daemons;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;

/** Asks a server whether it can be used. */
@FunctionalInterface
interface HealthCheck {

    /** The answer of a server that can be used. */
    String UP = "up";

    Duration PATIENCE = Duration.ofSeconds(5);

    /** Made when it is first used: by then a secured stack has the certificate that the JVM is to trust. */
    final class Web {
        private static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // the DataNode does not know the offer of another
                .connectTimeout(PATIENCE)
                .build();

        private Web() {}
    }

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
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
        return () -> {
            String answer = Web.CLIENT
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            return answer.contains(expected) ? UP : otherwise;
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
        Map<String, Object> client = new HashMap<>(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "10000",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                "10000"));
        security.forEach((key, value) -> client.put(key.toString(), value));
        return () -> {
            try (Admin admin = Admin.create(client)) {
                return admin.describeCluster().nodes().get().isEmpty() ? "no broker" : UP;
            }
        };
    }

    /** Has a Hive metastore on the loopback address count its databases, which it reads from its own. */
    static HealthCheck metastore(int port) {
        return () -> {
            try (TSocket socket = new TSocket("127.0.0.1", port, Math.toIntExact(PATIENCE.toMillis()))) {
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
