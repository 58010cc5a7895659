package com.qcompany.ops;

import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A port of an embedded broker, on the loopback address.
 *
 * @param name in Kafka's {@code listener.name.*} keys in lower case, as in {@code SECURE}
 */
public record KafkaListener(String name, SecurityProtocol protocol, int port) {

    /** Host and port, as clients write it. */
    String address() {
        return "127.0.0.1:" + port;
    }

    /** As in Kafka's {@code listeners}. */
    String definition() {
        return "%s://%s".formatted(name, address());
    }
}
