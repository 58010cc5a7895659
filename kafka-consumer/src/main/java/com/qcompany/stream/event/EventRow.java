package com.qcompany.stream.event;

import com.qcompany.stream.EventHour;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.parquet.io.api.Binary;

/**
 * One row of table {@code kafka} between the parser and the file. Mutable, for one thread, filled anew for every record
 * without making objects; its texts are parts of the record's bytes, so it is valid until the next record is parsed
 * into it.
 *
 * <p>Times are microseconds since 1970-01-01T00:00 of the zone their column names.
 */
public final class EventRow {

    private final Utf8Slice[] texts = new Utf8Slice[EventField.values().length];
    private final long[] numbers = new long[texts.length];
    private final Extras extras = new Extras();
    private long numbersPresent;
    private boolean timeFromRecord;
    private String topicName = "";
    private Binary topic = Binary.EMPTY;
    private int partition;
    private long offset;
    private long ingestedAt;
    private int receivedBytes;

    public EventRow() {
        Arrays.setAll(texts, i -> new Utf8Slice());
    }

    /** Sets when the rows from here on were taken, in microseconds since 1970 UTC: once a poll. */
    public void ingestedAt(long micros) {
        ingestedAt = micros;
    }

    /** Event time in the stream's zone. */
    public long eventTimeMicros() {
        return number(EventField.TIMESTAMP);
    }

    /** Number of the {@link EventHour} the event belongs to. */
    public long hourNumber() {
        return EventHour.numberOfMicros(eventTimeMicros());
    }

    /** Whether the event had no time of its own and has its record's. */
    public boolean timeFromRecord() {
        return timeFromRecord;
    }

    /** Forgets the last event and takes what identifies the next one. */
    void begin(ConsumerRecord<?, byte[]> record) {
        for (Utf8Slice text : texts) {
            text.clear();
        }
        extras.clear();
        numbersPresent = 0;
        timeFromRecord = false;
        if (!topicName.equals(record.topic())) {
            topicName = record.topic();
            topic = Binary.fromString(topicName);
        }
        partition = record.partition();
        offset = record.offset();
        receivedBytes = record.value().length;
    }

    void number(EventField field, long value) {
        numbers[field.ordinal()] = value;
        numbersPresent |= 1L << field.ordinal();
    }

    void timeFromRecord(long micros) {
        number(EventField.TIMESTAMP, micros);
        timeFromRecord = true;
    }

    boolean has(EventField number) {
        return (numbersPresent & 1L << number.ordinal()) != 0;
    }

    long number(EventField field) {
        return numbers[field.ordinal()];
    }

    Utf8Slice text(EventField field) {
        return texts[field.ordinal()];
    }

    Extras extras() {
        return extras;
    }

    Binary topic() {
        return topic;
    }

    int partition() {
        return partition;
    }

    long offset() {
        return offset;
    }

    /** Size of the record's value. */
    int receivedBytes() {
        return receivedBytes;
    }

    long ingestedAt() {
        return ingestedAt;
    }
}
