package com.qcompany.ops.daemons;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Has a broker describe its cluster.
 *
 * @param bootstrap host and port
 * @param properties file with further properties of a client
 */
record KafkaCheck(String bootstrap, @Nullable Path properties) implements HealthCheck {

    private static final String PATIENCE_MS = "10000";

    @Override
    public String state() throws ExecutionException, InterruptedException, IOException {
        Map<String, Object> client = new HashMap<>(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_MS));
        if (properties != null) {
            Utils.loadProps(properties.toString()).forEach((key, value) -> client.put(key.toString(), value));
        }
        try (Admin admin = Admin.create(client)) {
            return admin.describeCluster().nodes().get().isEmpty() ? "no broker" : UP;
        }
    }
}
