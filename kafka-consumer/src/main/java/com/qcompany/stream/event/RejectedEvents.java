package com.qcompany.stream.event;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.SourceGroup;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Keeps records that are no events, as they were received: as rows of {@code rejected_rows} or as dead letters. */
public final class RejectedEvents {

    private static final String FEED = "events";
    private static final long LAST_MILLIS =
            LocalDateTime.of(9999, 12, 31, 23, 0).toInstant(ZoneOffset.UTC).toEpochMilli();

    private RejectedEvents() {}

    /**
     * The partition of a record's row, {@code uuuu-MM-dd-HH}: the hour of the record's time, UTC; 1970-01-01-00 for a
     * record without time.
     */
    public static String hour(ConsumerRecord<?, ?> record) {
        return SourceGroup.HOUR.format(startOfHour(record));
    }

    /**
     * The row of a record: topic as group, topic-partition as file, offset as byte offset.
     *
     * @param epoch epoch that refuses it
     */
    public static Row row(ConsumerRecord<byte[], byte[]> record, Rejection reason, String epoch) {
        boolean utf8 = Utf8Bytes.isValid(record.value());
        return new Row(StarSchema.REJECTED_ROWS)
                .set("feed", FEED)
                .set("source_file", record.topic() + "-" + record.partition())
                .set("byte_offset", record.offset())
                .set("source_group", record.topic())
                .set("source_hour", startOfHour(record))
                .set("rule_codes", List.of(reason.code().text()))
                .set("column_name", reason.column())
                .set("column_value", reason.value())
                .set("message", reason.message())
                .set("raw_line", utf8 ? new String(record.value(), StandardCharsets.UTF_8) : base64(record.value()))
                .set("raw_encoding", utf8 ? "utf-8" : "base64")
                .set("run_id", epoch);
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

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static LocalDateTime startOfHour(ConsumerRecord<?, ?> record) {
        long millis = Math.min(Math.max(record.timestamp(), 0), LAST_MILLIS);
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.HOURS);
    }
}
