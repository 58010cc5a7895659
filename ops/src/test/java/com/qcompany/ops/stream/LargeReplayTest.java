package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Rejected events that are larger than what Kafka's clients and topics take uncompressed. */
@WithStack
class LargeReplayTest {

    private static final long TIME = 1_720_116_311_000L; // 2024-07-04T18:05:11Z
    private static final int BYTES = 3_000_000;

    private final EmbeddedStack stack;

    LargeReplayTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void anEventThatCompressionMadeFitIsSentAgain() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            send(log.topic(), "{" + "x".repeat(BYTES));
            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());
            assertThat(log.rejected()).hasSize(1);

            assertThat(log.run("replay", "--hour", "2024-07-04-18")).isEqualTo(ExitCode.OK.code());
            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());
            assertThat(log.rejected()).hasSize(2);
        }
    }

    private void send(String topic, String value) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        stack.kafka().bootstrap(),
                        "compression.type",
                        "zstd",
                        "max.request.size",
                        2 * BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, TIME, null, value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }
}
