package com.qcompany.ops.daemons;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Has a broker describe its cluster.
 *
 * @param bootstrap host and port
 */
record KafkaCheck(String bootstrap) implements HealthCheck {

    private static final String PATIENCE_MS = "10000";

    @Override
    public String state() throws ExecutionException, InterruptedException {
        Map<String, Object> client = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_MS);
        try (Admin admin = Admin.create(client)) {
            return admin.describeCluster().nodes().get().isEmpty() ? "no broker" : UP;
        }
    }
}
