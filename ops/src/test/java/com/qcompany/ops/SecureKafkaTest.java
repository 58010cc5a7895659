package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that asks for a password, or for a certificate, over TLS. */
@Servers
class SecureKafkaTest {

    @TempDir
    static Path directory;

    private static Certificates certificates;
    private static SecuredKafka secured;

    @BeforeAll
    static void start() throws Exception {
        certificates = new Certificates(directory.resolve("certificates"));
        secured = SecuredKafka.start(directory.resolve("kafka"), certificates, Map.of("shop", "secret"));
        new Topics(secured.kafka().bootstrap()).create("known", 1);
    }

    @AfterAll
    static void stop() {
        secured.kafka().close();
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
        secured.kafka().stop();
        secured.kafka().start();

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
        client.put("sasl.jaas.config", "%s username=\"shop\" password=\"%s\";".formatted(SecuredKafka.SCRAM, password));
        return new Topics(secured.password(), client);
    }

    private static Topics certificate(Map<String, String> identity) throws Exception {
        Map<String, String> client = new HashMap<>(certificates.trust());
        client.putAll(identity);
        client.put("security.protocol", "SSL");
        return new Topics(secured.certificate(), client);
    }
}
