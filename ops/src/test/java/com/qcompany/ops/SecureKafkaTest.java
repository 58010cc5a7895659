package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that asks for a password, or for a certificate, over TLS. */
@Servers
class SecureKafkaTest {

    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required";

    @TempDir
    static Path directory;

    private static Certificates certificates;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        certificates = new Certificates(directory.resolve("certificates"));
        kafka = EmbeddedKafka.start(KafkaOptions.in(directory.resolve("kafka"))
                .withListener("PASSWORD", SecurityProtocol.SASL_SSL)
                .withListener("CERTIFICATE", SecurityProtocol.SSL)
                .with("listener.name.password.sasl.enabled.mechanisms", "SCRAM-SHA-512")
                .with("listener.name.password.scram-sha-512.sasl.jaas.config", SCRAM + ";")
                .with("listener.name.certificate.ssl.client.auth", "required")
                .with(certificates.identity("server"))
                .with(certificates.trust())
                .withScramUser("shop", "secret"));
        new Topics(kafka.bootstrap()).create("known", 1);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void servesAUserWithHisPassword() throws Exception {
        assertThat(password("secret").names()).containsExactly("known");
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        Topics topics = password("guess");

        assertThatThrownBy(topics::names).hasCauseInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void knowsItsUsersAfterARestart() throws Exception {
        kafka.restart();

        assertThat(password("secret").names()).containsExactly("known");
    }

    @Test
    void servesAClientWithACertificate() throws Exception {
        assertThat(certificate(certificates.identity("client")).names()).containsExactly("known");
    }

    @Test
    void refusesAClientWithoutACertificate() throws Exception {
        Topics topics = certificate(Map.of());

        assertThatThrownBy(topics::names).hasCauseInstanceOf(SslAuthenticationException.class);
    }

    private static Topics password(String password) throws Exception {
        Map<String, String> client = new HashMap<>(certificates.trust());
        client.put("security.protocol", "SASL_SSL");
        client.put("sasl.mechanism", "SCRAM-SHA-512");
        client.put("sasl.jaas.config", "%s username=\"shop\" password=\"%s\";".formatted(SCRAM, password));
        return new Topics(kafka.bootstrap("PASSWORD"), client);
    }

    private static Topics certificate(Map<String, String> identity) throws Exception {
        Map<String, String> client = new HashMap<>(certificates.trust());
        client.putAll(identity);
        client.put("security.protocol", "SSL");
        return new Topics(kafka.bootstrap("CERTIFICATE"), client);
    }
}
