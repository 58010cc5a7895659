package com.qcompany.stream.event;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

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

    private static void set(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
