package com.qcompany.ops;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A broker of a test's own that, over TLS, asks for a password at one address and for a certificate at another. */
public record SecuredKafka(EmbeddedKafka kafka, String password, String certificate) {

    /** What a client of SCRAM logs in by, before its user name and password. */
    public static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required";

    /** @param users passwords by name */
    public static SecuredKafka start(Path directory, Certificates certificates, Map<String, String> users)
            throws Exception {
        List<String> scramUsers = users.entrySet().stream()
                .map(user -> "SCRAM-SHA-512=[name=%s,password=%s]".formatted(user.getKey(), user.getValue()))
                .toList();
        EmbeddedKafka.formatIfNew(directory, scramUsers);
        int port = OwnKafka.freePort();
        int controllerPort = OwnKafka.freePort();
        String password = "127.0.0.1:" + OwnKafka.freePort();
        String certificate = "127.0.0.1:" + OwnKafka.freePort();
        Map<String, String> properties = new HashMap<>(Map.of(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d,PASSWORD://%s,CERTIFICATE://%s"
                        .formatted(port, controllerPort, password, certificate),
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PASSWORD:SASL_SSL,CERTIFICATE:SSL",
                "listener.name.password.sasl.enabled.mechanisms",
                "SCRAM-SHA-512",
                "listener.name.password.scram-sha-512.sasl.jaas.config",
                SCRAM + ";",
                "listener.name.certificate.ssl.client.auth",
                "required"));
        properties.putAll(certificates.identity("server"));
        properties.putAll(certificates.trust());
        return new SecuredKafka(
                EmbeddedKafka.start(directory, port, controllerPort, properties), password, certificate);
    }
}
