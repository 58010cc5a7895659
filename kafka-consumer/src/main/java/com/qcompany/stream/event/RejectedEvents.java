package com.qcompany.stream.event;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.SourceGroup;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Keeps records that are no events, as they were received: as rows of {@code rejected_events} or as dead letters. */
public final class RejectedEvents {

    private static final long LAST_MILLIS =
            LocalDateTime.of(9999, 12, 31, 23, 0).toInstant(ZoneOffset.UTC).toEpochMilli();

    private RejectedEvents() {}

    /** What operators and logs call a record, {@code TOPIC-PARTITION@OFFSET}. */
    public static String name(ConsumerRecord<?, ?> record) {
        return "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset());
    }

    /**
     * The partition of a record's row, {@code uuuu-MM-dd-HH}: the hour of the record's time, UTC; 1970-01-01-00 for a
     * record without time.
     */
    public static String hour(ConsumerRecord<?, ?> record) {
        return SourceGroup.HOUR.format(time(record));
    }

    /**
     * The row of a record.
     *
     * @param epoch epoch that refuses it
     */
    public static Row row(ConsumerRecord<byte[], byte[]> record, Rejection reason, String epoch) {
        RawBytes value = RawBytes.of(record.value());
        Row row = new Row(StarSchema.REJECTED_EVENTS)
                .set("kafka_topic", record.topic())
                .set("kafka_partition", record.partition())
                .set("kafka_offset", record.offset())
                .set("record_time", record.timestamp() < 0 ? null : time(record))
                .set("rule_codes", List.of(reason.code().text()))
                .set("column_name", reason.column())
                .set("column_value", reason.value())
                .set("message", reason.message())
                .set("raw_value", value.text())
                .set("raw_value_encoding", value.encoding())
                .set("headers", RawHeaders.toJson(record.headers()))
                .set("epoch", epoch);
        if (record.key() != null) {
            RawBytes key = RawBytes.of(record.key());
            row.set("raw_key", key.text()).set("raw_key_encoding", key.encoding());
        }
        return row;
    }

    /** The record of a row as it was received, to be sent to its topic again, and where it was refused. */
    public static ProducerRecord<byte[], byte[]> record(Row row) {
        LocalDateTime time = (LocalDateTime) row.get("record_time");
        String keyEncoding = (String) row.get("raw_key_encoding");
        String headers = (String) row.get("headers");
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                row.text("kafka_topic"),
                null,
                time == null ? null : time.toInstant(ZoneOffset.UTC).toEpochMilli(),
                keyEncoding == null ? null : new RawBytes(row.text("raw_key"), keyEncoding).bytes(),
                new RawBytes(row.text("raw_value"), row.text("raw_value_encoding")).bytes(),
                headers == null ? null : RawHeaders.fromJson(headers));
        DeadLetterHeaders.setOrigin(
                record.headers(), record.topic(), row.get("kafka_partition"), row.get("kafka_offset"));
        return record;
    }

    /**
     * The dead letter of a record: its key, value and headers, and {@link DeadLetterHeaders}. It has the time it is sent
     * at, so that the topic's retention does not take an old record at once; the key decides the partition.
     */
    public static ProducerRecord<byte[], byte[]> deadLetter(
            String topic, ConsumerRecord<byte[], byte[]> record, Rejection reason) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic, null, null, record.key(), record.value(), record.headers());
        DeadLetterHeaders.set(letter.headers(), record, reason);
        return letter;
    }

    private static LocalDateTime time(ConsumerRecord<?, ?> record) {
        long millis = Math.min(Math.max(record.timestamp(), 0), LAST_MILLIS);
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
