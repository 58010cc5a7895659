package com.qcompany.stream.event;

import com.qcompany.stream.EventHour;
import com.qcompany.warehouse.contract.EventContract.Accept;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One event between the parser and the file: its row of table {@code kafka}, whose values are as Parquet stores them, so
 * that nothing of a record is left to convert, or to refuse, when it is written; and what a consumer asks about it.
 * Mutable, for one thread, filled anew for every record.
 *
 * <p>Times are microseconds since 1970-01-01T00:00 of the zone their column names.
 */
public final class EventRow {

    private static final int TIMESTAMP = StarSchema.KAFKA.indexOf("timestamp");
    private static final int EXTRAS = StarSchema.KAFKA.indexOf("extras");
    private static final int TOPIC = StarSchema.KAFKA.indexOf("kafka_topic");
    private static final int PARTITION = StarSchema.KAFKA.indexOf("kafka_partition");
    private static final int OFFSET = StarSchema.KAFKA.indexOf("kafka_offset");
    private static final int INGESTED_AT = StarSchema.KAFKA.indexOf("ingested_at");

    private final Set<Accept> accepted = EnumSet.noneOf(Accept.class);
    private Row row = new Row(StarSchema.KAFKA);
    private Map<String, @Nullable String> extras = Map.of();
    private long eventTimeMicros;
    private long recordTimeMicros;
    private boolean timeFromRecord;
    private long ingestedAt;

    /** Sets when the rows from here on were taken, in microseconds since 1970 UTC: once a poll. */
    public void ingestedAt(long micros) {
        ingestedAt = micros;
    }

    /** Event time in the stream's zone. */
    public long eventTimeMicros() {
        return eventTimeMicros;
    }

    /** The record's time in the stream's zone. */
    public long recordTimeMicros() {
        return recordTimeMicros;
    }

    /** Number of the {@link EventHour} the event belongs to. */
    public long hourNumber() {
        return EventHour.numberOfMicros(eventTimeMicros);
    }

    /** Whether the event had no time of its own and has its record's. */
    public boolean timeFromRecord() {
        return timeFromRecord;
    }

    /** Rules by which values were read that are not written as they should be. */
    public Set<Accept> accepted() {
        return accepted;
    }

    /** Forgets the last event and takes what identifies the next one. */
    void begin(ConsumerRecord<?, ?> record) {
        row = new Row(StarSchema.KAFKA)
                .set(TOPIC, record.topic())
                .store(PARTITION, record.partition())
                .store(OFFSET, record.offset())
                .store(INGESTED_AT, ingestedAt);
        extras = Map.of();
        accepted.clear();
        eventTimeMicros = EventTimes.NO_TIME;
        timeFromRecord = false;
    }

    /** Sets the event's time. */
    void eventTime(long micros) {
        eventTimeMicros = micros;
        row.store(TIMESTAMP, micros);
    }

    /** Sets the record's time, which is that of an event without one. */
    void recordTime(long micros) {
        recordTimeMicros = micros;
        if (eventTimeMicros == EventTimes.NO_TIME) {
            eventTime(micros);
            timeFromRecord = true;
        }
    }

    /** Adds a field that has no column; false if it has one of that name. */
    boolean addExtra(String name, @Nullable String value) {
        if (extras.isEmpty()) {
            extras = new LinkedHashMap<>();
            row.set(EXTRAS, extras);
        }
        if (extras.containsKey(name)) {
            return false;
        }
        extras.put(name, value);
        return true;
    }

    /** When it was taken, in microseconds since 1970 UTC. */
    long ingestedAt() {
        return ingestedAt;
    }

    /** The row of table kafka. */
    public Row row() {
        return row;
    }
}
