package com.qcompany.generator.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.stream.EventHour;
import java.io.IOException;
import java.util.List;
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

        ExpectedAnswers answers = new EventSender(producer, "app-logs").send(generator, Pace.of(0));

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

        assertThatThrownBy(() -> new EventSender(producer, "app-logs").send(generator, Pace.of(0)))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot send to app-logs: one of two");
    }

    @Test
    void aPaceSaysWhenARecordIsDue() {
        long[] now = {1_000};
        Pace pace = new Pace(1_000, 1_000, () -> now[0]);

        assertThat(pace.untilDue(0)).isZero();
        assertThat(pace.untilDue(3)).isEqualTo(3_000_000);
        now[0] += 3_000_000;
        assertThat(pace.untilDue(3)).isZero();
        assertThat(new Pace(0, 1_000, () -> now[0]).untilDue(1_000_000)).isZero();
    }

    private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
        return new MockProducer<>(
                Cluster.empty(), autoComplete, null, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
