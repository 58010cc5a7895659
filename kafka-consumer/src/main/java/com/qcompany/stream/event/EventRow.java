package com.qcompany.stream.event;

import com.qcompany.stream.EventHour;
import com.qcompany.warehouse.command.StreamSettings.Accept;
import com.qcompany.warehouse.schema.StarSchema;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * One row of table {@code kafka} between the parser and the file: its values as Parquet stores them, so that nothing of
 * a record is left to convert, or to refuse, when the row is written. Mutable, for one thread, filled anew for every
 * record.
 *
 * <p>Times are microseconds since 1970-01-01T00:00 of the zone their column names.
 */
public final class EventRow {

    private static final int EXTRAS = StarSchema.KAFKA.indexOf("extras");
    private static final int TOPIC = StarSchema.KAFKA.indexOf("kafka_topic");
    private static final int PARTITION = StarSchema.KAFKA.indexOf("kafka_partition");
    private static final int OFFSET = StarSchema.KAFKA.indexOf("kafka_offset");
    private static final int INGESTED_AT = StarSchema.KAFKA.indexOf("ingested_at");

    private final @Nullable Object[] values =
            new Object[StarSchema.KAFKA.columns().size()];
    private final Map<String, @Nullable Binary> extras = new LinkedHashMap<>();
    private final Set<Accept> accepted = EnumSet.noneOf(Accept.class);
    private boolean timeFromRecord;
    private int receivedBytes;
    private long recordTimeMicros;
    private long ingestedAt;

    /** Sets when the rows from here on were taken, in microseconds since 1970 UTC: once a poll. */
    public void ingestedAt(long micros) {
        ingestedAt = micros;
    }

    /** Event time in the stream's zone. */
    public long eventTimeMicros() {
        return number(EventField.TIMESTAMP);
    }

    /** The record's time in the stream's zone. */
    public long recordTimeMicros() {
        return recordTimeMicros;
    }

    /** Number of the {@link EventHour} the event belongs to. */
    public long hourNumber() {
        return EventHour.numberOfMicros(eventTimeMicros());
    }

    /** Whether the event had no time of its own and has its record's. */
    public boolean timeFromRecord() {
        return timeFromRecord;
    }

    /** Size of the record's value. */
    public int receivedBytes() {
        return receivedBytes;
    }

    /** Rules by which values were read that are not written as they should be. */
    public Set<Accept> accepted() {
        return accepted;
    }

    /** Forgets the last event and takes what identifies the next one. */
    void begin(ConsumerRecord<?, byte[]> record) {
        Arrays.fill(values, null);
        extras.clear();
        accepted.clear();
        timeFromRecord = false;
        receivedBytes = record.value().length;
        values[TOPIC] = Binary.fromString(record.topic());
        values[PARTITION] = record.partition();
        values[OFFSET] = record.offset();
        values[INGESTED_AT] = ingestedAt;
    }

    void accept(Accept rule) {
        accepted.add(rule);
    }

    /** Sets a field; a Binary, an Integer, or a Long that is microseconds or unscaled. */
    void set(EventField field, Object stored) {
        values[field.ordinal()] = stored;
    }

    /** Adds a field that has no column; false if it has one of that name. */
    boolean addExtra(String name, @Nullable Binary value) {
        if (extras.containsKey(name)) {
            return false;
        }
        extras.put(name, value);
        values[EXTRAS] = extras;
        return true;
    }

    /** Sets the record's time, which is that of an event without one. */
    void recordTime(long micros) {
        recordTimeMicros = micros;
        if (!has(EventField.TIMESTAMP)) {
            set(EventField.TIMESTAMP, micros);
            timeFromRecord = true;
        }
    }

    boolean has(EventField field) {
        return values[field.ordinal()] != null;
    }

    long number(EventField field) {
        Object value = values[field.ordinal()];
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalStateException("Cannot read %s: it is %s".formatted(field.path(), value));
    }

    Map<String, @Nullable Binary> extras() {
        return extras;
    }

    long ingestedAt() {
        return ingestedAt;
    }

    /** The value of a column of table kafka as Parquet stores it; a map of extras as it is here. */
    @Nullable
    Object stored(int column) {
        return values[column];
    }
}
