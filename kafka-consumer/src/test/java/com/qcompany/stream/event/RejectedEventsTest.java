package com.qcompany.stream.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.parquet.Row;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RejectedEventsTest {

    private static final Rejection REASON = Rejection.mismatch("quantity", "\"three\"", "a whole number that fits int");

    @Test
    void aRowKeepsTheRecordAsItWasReceivedAndWhereItStands() {
        ConsumerRecord<byte[], byte[]> record = Records.of("{\"quantity\": \"three\"}");

        Row row = RejectedEvents.row(record, REASON, "20240704-e1");

        assertThat(row.get("kafka_topic")).isEqualTo("app-logs");
        assertThat(row.get("kafka_partition")).isEqualTo(3);
        assertThat(row.get("kafka_offset")).isEqualTo(42L);
        assertThat(row.get("record_time")).isEqualTo(LocalDateTime.parse(Records.RECORD_TIME));
        assertThat(row.get("rule_codes")).isEqualTo(List.of("type_mismatch"));
        assertThat(row.get("column_name")).isEqualTo("quantity");
        assertThat(row.get("column_value")).isEqualTo("\"three\"");
        assertThat(row.get("message")).isEqualTo(REASON.message());
        assertThat(row.get("raw_key")).isEqualTo("key");
        assertThat(row.get("raw_value")).isEqualTo("{\"quantity\": \"three\"}");
        assertThat(row.get("raw_value_encoding")).isEqualTo("utf-8");
        assertThat(row.get("headers")).isNull();
        assertThat(row.get("epoch")).isEqualTo("20240704-e1");
        assertThat(RejectedEvents.hour(record)).isEqualTo("2024-07-04-18");
    }

    @Test
    void aRowGivesBackTheRecordAsItWas() {
        byte[] bytes = {0, 0, 0, 0, 7, (byte) 0xE9};
        ConsumerRecord<byte[], byte[]> record = Records.of(bytes);
        record.headers().add("trace", new byte[] {1}).add("trace", null).add("ü", bytes);

        Row row = RejectedEvents.row(record, REASON, "e");
        ProducerRecord<byte[], byte[]> again = RejectedEvents.record(row);

        assertThat(row.get("raw_value_encoding")).isEqualTo("base64");
        assertThat(again.topic()).isEqualTo("app-logs");
        assertThat(again.partition()).as("the key decides").isNull();
        assertThat(again.key()).isEqualTo(record.key());
        assertThat(again.value()).isEqualTo(bytes);
        assertThat(again.timestamp()).isEqualTo(record.timestamp());
        assertThat(again.headers().lastHeader(DeadLetterHeaders.ORIGIN).value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("app-logs-%d@%d".formatted(record.partition(), record.offset()));
        assertThat(again.headers().remove(DeadLetterHeaders.ORIGIN)).isEqualTo(record.headers());
    }

    @Test
    void aRecordWithoutATimeGetsTheOneItIsSentAt() {
        ProducerRecord<byte[], byte[]> again =
                RejectedEvents.record(RejectedEvents.row(Records.of(new byte[0], -1), REASON, "e"));

        assertThat(again.timestamp()).isNull();
        assertThat(again.value()).isEmpty();
    }

    @Test
    void recordsWithoutATimeThatIsOneHaveAPartitionToo() {
        assertThat(RejectedEvents.hour(Records.of(new byte[0], -1))).isEqualTo("1970-01-01-00");
        assertThat(RejectedEvents.hour(Records.of(new byte[0], Long.MAX_VALUE))).isEqualTo("9999-12-31-23");
    }

    @Test
    void aDeadLetterIsTheRecordWithAReason() {
        ConsumerRecord<byte[], byte[]> record = Records.of("{");
        record.headers().add("trace", new byte[] {1}).add(DeadLetterHeaders.CODE, new byte[] {2});

        ProducerRecord<byte[], byte[]> letter = RejectedEvents.deadLetter("app-logs.dead-letter", record, REASON);

        assertThat(letter.topic()).isEqualTo("app-logs.dead-letter");
        assertThat(letter.key()).isEqualTo(record.key());
        assertThat(letter.value()).isEqualTo(record.value());
        assertThat(letter.partition()).isNull();
        assertThat(letter.timestamp()).isNull();
        assertThat(letter.headers().lastHeader("trace").value()).containsExactly(1);
        assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo("app-logs");
        assertThat(header(letter, DeadLetterHeaders.PARTITION)).isEqualTo("3");
        assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("42");
        assertThat(header(letter, DeadLetterHeaders.TIMESTAMP)).isEqualTo(Long.toString(record.timestamp()));
        assertThat(header(letter, DeadLetterHeaders.CODE)).isEqualTo("type_mismatch");
        assertThat(header(letter, DeadLetterHeaders.MESSAGE)).isEqualTo(REASON.message());
        assertThat(letter.headers().headers(DeadLetterHeaders.CODE)).hasSize(1);
    }

    @Test
    void aLateEventIsRefusedWithHowLateItIs() {
        Rejection late = Rejection.tooLate(90_000, 60_000);

        assertThat(late.code().text()).isEqualTo("event_too_late");
        assertThat(late.message())
                .isEqualTo("Cannot take event: it is 90 s behind the newest of its partition (expected at most 60 s)");
    }

    private static String header(ProducerRecord<?, ?> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
