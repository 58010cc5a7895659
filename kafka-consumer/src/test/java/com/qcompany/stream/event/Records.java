package com.qcompany.stream.event;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a consumer gets them. */
final class Records {

    /** Time of records, unless another is asked for. */
    static final String RECORD_TIME = "2024-07-04T18:30:00";

    private Records() {}

    static ConsumerRecord<byte[], byte[]> of(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    static ConsumerRecord<byte[], byte[]> of(byte[] value) {
        return of(
                value,
                LocalDateTime.parse(RECORD_TIME).toInstant(ZoneOffset.UTC).toEpochMilli());
    }

    static ConsumerRecord<byte[], byte[]> of(byte[] value, long millis) {
        return new ConsumerRecord<>(
                "app-logs",
                3,
                42,
                millis,
                TimestampType.CREATE_TIME,
                0,
                value.length,
                "key".getBytes(StandardCharsets.UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    static long micros(String local) {
        return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), LocalDateTime.parse(local));
    }
}
