package com.qcompany.generator.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.stream.EventHour;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.util.RateLimitingFactory;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class EventSenderTest {

    private final EventGenerator generator =
            new EventGenerator(1, 500, EventHour.parse("2024-07-04-00"), 2, 3, new Shares(0.1, 0.1, 0.1));

    @Test
    void sendsEveryRecordInOrderAndAnswersForThem() throws IOException {
        MockProducer<byte[], byte[]> producer = producer(true);

        ExpectedAnswers answers = new EventSender(producer, "app-logs").send(generator, RateLimitingFactory.create(0));

        List<ProducerRecord<byte[], byte[]>> sent = producer.history();
        assertThat(sent).hasSize(500);
        for (int number = 0; number < sent.size(); number++) {
            GeneratedRecord record = generator.record(number);
            assertThat(sent.get(number).topic()).isEqualTo("app-logs");
            assertThat(sent.get(number).partition()).isEqualTo(record.partition());
            assertThat(sent.get(number).timestamp()).isEqualTo(record.millis());
            assertThat(sent.get(number).key()).isEqualTo(record.key());
            assertThat(sent.get(number).value()).isEqualTo(record.value());
        }
        assertThat(answers.records()).isEqualTo(500);
        assertThat(answers.rows() + answers.rejected() + answers.tombstones()).isEqualTo(500);
    }

    @Test
    void aRecordThatTheBrokersRefuseIsAnError() {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(Cluster.empty(), false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public synchronized void flush() {
                        while (errorNext(new NotEnoughReplicasException("one of two"))) {}
                    }
                };

        assertThatThrownBy(() -> new EventSender(producer, "app-logs").send(generator, RateLimitingFactory.create(0)))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot send to app-logs: one of two");
    }

    @Test
    void waitsForTheTurnOfEveryRecord() throws Exception {
        List<Integer> taken = new ArrayList<>();
        try (MockProducer<byte[], byte[]> producer = producer(true)) {
            new EventSender(producer, "app-logs").send(generator, records -> {
                assertThat(producer.history()).hasSize(taken.size());
                taken.add(records);
                return Duration.ZERO;
            });
        }

        assertThat(taken).hasSize((int) generator.count()).containsOnly(1);
    }

    private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
        return new MockProducer<>(
                Cluster.empty(), autoComplete, null, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
