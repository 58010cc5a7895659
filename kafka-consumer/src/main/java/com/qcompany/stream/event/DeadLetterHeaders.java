package com.qcompany.stream.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Headers of a dead letter, texts in UTF-8: where the record comes from and why it was refused. */
public final class DeadLetterHeaders {

    /** Topic of the refused record. */
    public static final String TOPIC = "q.rejected.topic";
    /** Its partition. */
    public static final String PARTITION = "q.rejected.partition";
    /** Its offset. */
    public static final String OFFSET = "q.rejected.offset";
    /** Its time in milliseconds since 1970 UTC; -1 where it has none. */
    public static final String TIMESTAMP = "q.rejected.timestamp";
    /** {@link Rejection.Code#text} of the reason. */
    public static final String CODE = "q.rejected.code";
    /** The reason as a sentence. */
    public static final String MESSAGE = "q.rejected.message";

    /** Of a record that is sent again: where it was refused, {@code TOPIC-PARTITION@OFFSET}. */
    public static final String ORIGIN = "q.replay.of";

    private DeadLetterHeaders() {}

    /** Sets them; what an earlier refusal said is replaced. */
    static void set(Headers headers, ConsumerRecord<?, ?> record, Rejection reason) {
        set(headers, TOPIC, record.topic());
        set(headers, PARTITION, Integer.toString(record.partition()));
        set(headers, OFFSET, Long.toString(record.offset()));
        set(headers, TIMESTAMP, Long.toString(record.timestamp()));
        set(headers, CODE, reason.code().text());
        set(headers, MESSAGE, reason.message());
    }

    /**
     * The refused record of a dead letter, as it was received: its key, value, headers and time.
     *
     * @return empty where the record is no dead letter of that topic: others may write to the topic of letters too
     */
    public static Optional<ProducerRecord<byte[], byte[]>> record(ConsumerRecord<byte[], byte[]> letter, String topic) {
        String millis = text(letter, TIMESTAMP);
        if (letter.value() == null
                || !topic.equals(text(letter, TOPIC))
                || millis == null
                || !millis.matches("-1|[0-9]{1,18}")) {
            return Optional.empty();
        }
        Headers headers = new RecordHeaders(letter.headers());
        setOrigin(headers, topic, text(letter, PARTITION), text(letter, OFFSET));
        List.of(TOPIC, PARTITION, OFFSET, TIMESTAMP, CODE, MESSAGE).forEach(headers::remove);
        Long time = millis.equals("-1") ? null : Long.valueOf(millis);
        return Optional.of(new ProducerRecord<>(topic, null, time, letter.key(), letter.value(), headers));
    }

    /** Where a record that is sent again was refused. */
    public static String origin(ProducerRecord<?, ?> record) {
        return new String(record.headers().lastHeader(ORIGIN).value(), StandardCharsets.UTF_8);
    }

    /** Says where a record that is sent again was refused. */
    static void setOrigin(Headers headers, String topic, @Nullable Object partition, @Nullable Object offset) {
        set(headers, ORIGIN, "%s-%s@%s".formatted(topic, partition, offset));
    }

    private static @Nullable String text(ConsumerRecord<?, ?> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void set(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
