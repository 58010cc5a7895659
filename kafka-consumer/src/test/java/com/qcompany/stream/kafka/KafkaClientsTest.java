package com.qcompany.stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaClientsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssl.truststore.password=hunter2",
                "ssl.truststore.password=${env:FIRST}hunter2",
                "ssl.keystore.key=hunter2",
                "sasl.oauthbearer.assertion.private.key.passphrase=hunter2",
                "sasl.jaas.config=a.B required username=\"${env:USER}\" password=\"hunter2\";",
                "sasl.jaas.config=a.B required username=\"${env:USER}\" password=\"${env:FIRST}hunter2\";",
                "sasl.jaas.config=a.B required clientId=\"q\" clientSecret=hunter2;"
            })
    void refusesASecretThatOthersMayRead(String line) throws IOException {
        Configuration conf = clients(line, "rw-r--r--");

        assertThatThrownBy(() -> KafkaClients.common(conf))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("holds a secret")
                .hasMessageNotContaining("hunter2");
        assertThat(KafkaClients.common(clients(line, "rw-------"))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssl.truststore.password=${file:/etc/q/secrets:trust}",
                "ssl.keystore.password=${env:FIRST}${env:SECOND}",
                "sasl.jaas.config=a.B required username=\"q\" tokenauth=\"true\" password=\"${hadoop:kafka.q}\";"
            })
    void referencesMayBeReadByAll(String line) throws IOException {
        assertThat(KafkaClients.common(clients(line, "rw-r--r--"))).isNotEmpty();
    }

    @Test
    void namesAFileWithABrokenEscape() throws IOException {
        Configuration conf = clients("ssl.truststore.location=C:\\users\\q", "rw-------");

        assertThatThrownBy(() -> KafkaClients.common(conf))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Cannot read Kafka properties")
                .hasMessageContaining(StreamSettings.KAFKA_PROPERTIES.key());
    }

    @Test
    void needsBrokers() {
        assertThatThrownBy(() -> KafkaClients.common(new Configuration(false)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("q.stream.bootstrap-servers is not set");
    }

    @Test
    void saysInALineWhatDoesNotFit() throws IOException {
        Configuration conf = clients("ssl.truststore.location=/no/trust.p12\nsecurity.protocol=SSL", "rw-------");

        assertThatThrownBy(() -> KafkaClients.admin(conf))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("NoSuchFileException: /no/trust.p12")
                .hasMessageContaining(StreamSettings.KAFKA_PROPERTIES.key());
    }

    @Test
    void leavesAPropertyThatDoesNotFitAConsumerToTheOperator() throws IOException {
        Properties properties = KafkaClients.common(clients("fetch.max.bytes=much", "rw-------"));

        assertThatThrownBy(
                        () -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()))
                .satisfies(failure -> {
                    assertThat(KafkaFailure.isForOperator(failure)).isTrue();
                    assertThat(KafkaFailure.describe(failure))
                            .contains("much", "fetch.max.bytes", StreamSettings.KAFKA_PROPERTIES.key());
                });
    }

    @Test
    void namesAFileThatIsNotThere() {
        Configuration conf = new Configuration(false);
        conf.set(StreamSettings.KAFKA_PROPERTIES.key(), "/no/kafka.properties");

        assertThatThrownBy(() -> KafkaClients.common(conf))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("/no/kafka.properties")
                .hasMessageContaining("q.stream.kafka-properties");
    }

    private Configuration clients(String line, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("kafka.properties"), line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        Configuration conf = new Configuration(false);
        conf.set(StreamSettings.BOOTSTRAP_SERVERS.key(), "127.0.0.1:1");
        conf.set(StreamSettings.KAFKA_PROPERTIES.key(), file.toString());
        return conf;
    }
}
