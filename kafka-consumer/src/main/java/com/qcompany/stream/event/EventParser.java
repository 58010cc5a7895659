package com.qcompany.stream.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads events: records whose value is one JSON object in UTF-8. Streams over the bytes, builds no tree, and never
 * fails, whatever the bytes are: an event becomes a row or a {@link Rejection}. Not thread-safe.
 */
public final class EventParser {

    private static final byte WIRE_FORMAT_MAGIC = 0;
    private static final int WIRE_FORMAT_HEADER = 5;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final JsonFactory factory = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();
    private final Duration maxAhead;
    private final EventTimes times;
    private final JsonEvent event;

    /** A parser by {@link StreamSettings#ZONE} and {@link StreamSettings#MAX_AHEAD}. */
    public EventParser(Configuration conf) {
        this.maxAhead = StreamSettings.MAX_AHEAD.get(conf);
        this.times = new EventTimes(StreamSettings.ZONE.get(conf));
        this.event = new JsonEvent(new EventColumns(times));
    }

    /**
     * Reads a record into the row, with its topic, partition and offset.
     *
     * @param record a record with a value; tombstones are the caller's
     * @param row filled, but of no use where the record is rejected
     * @return why the record is no row, or null where the row is filled
     */
    public @Nullable Rejection parse(ConsumerRecord<byte[], byte[]> record, EventRow row) {
        row.begin(record);
        try {
            read(record.value(), row);
            return judgeTime(record.timestamp(), row);
        } catch (UnfitEvent e) {
            return e.rejection();
        }
    }

    private void read(byte[] value, EventRow row) throws UnfitEvent {
        refuseWireFormat(value);
        if (!Utf8Bytes.isValid(value)) {
            throw UnfitEvent.of(
                    Rejection.Code.NOT_UTF8, "Cannot read an event: its bytes are not text (expected UTF-8)");
        }
        try (JsonParser json = factory.createParser(value)) {
            event.read(json, value, row);
        } catch (StreamConstraintsException e) {
            throw UnfitEvent.of(
                    Rejection.Code.OVER_LIMIT, "Cannot read an event: %s".formatted(e.getOriginalMessage()));
        } catch (JsonProcessingException e) {
            throw UnfitEvent.of(
                    Rejection.Code.BROKEN_JSON,
                    "Cannot read an event: %s%s (expected a JSON object)"
                            .formatted(e.getOriginalMessage(), place(e.getLocation())));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read an event from memory", e);
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " at byte " + location.getByteOffset();
    }

    private static void refuseWireFormat(byte[] value) throws UnfitEvent {
        if (value.length >= WIRE_FORMAT_HEADER && value[0] == WIRE_FORMAT_MAGIC) {
            throw UnfitEvent.of(
                    Rejection.Code.CONFLUENT_WIRE_FORMAT,
                    "Cannot read an event: written by a schema-registry serializer, schema id %d (expected plain JSON)"
                            .formatted(ByteBuffer.wrap(value).getInt(1)));
        }
    }

    private @Nullable Rejection judgeTime(long recordMillis, EventRow row) {
        long recordTime = times.ofRecord(recordMillis);
        if (recordTime == EventTimes.NO_TIME) {
            recordTime = times.ofUtc(row.ingestedAt());
        }
        if (!row.has(EventField.TIMESTAMP)) {
            row.timeFromRecord(recordTime);
        } else if (row.eventTimeMicros() - recordTime > maxAhead.toSeconds() * MICROS_PER_SECOND) {
            return Rejection.tooFarAhead(row.eventTimeMicros(), recordTime, maxAhead);
        }
        return null;
    }
}
