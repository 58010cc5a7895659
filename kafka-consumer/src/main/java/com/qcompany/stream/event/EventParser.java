package com.qcompany.stream.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.contract.EventContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads events: records whose value is one JSON object in UTF-8, or of a {@link WireFormat} whose
 * schema is known. Never fails, whatever the bytes are: an event becomes a
 * row or a {@link Rejection}. Not thread-safe.
 */
public final class EventParser {

    private static final Logger LOG = LoggerFactory.getLogger(EventParser.class);
    private static final char REPLACEMENT = '\uFFFD';
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final JsonFactory factory = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();
    private final WireFormat wireFormat;
    private final Duration maxAhead;
    private final EventTimes times;
    private final JsonEvent event;

    /**
     * A parser by the contract of the events and the settings of the zone and of how far an event may be ahead.
     *
     * @throws com.qcompany.warehouse.command.UsageException if the contract does not fit the table
     */
    public EventParser(Configuration conf) {
        EventContract contract = contract(conf);
        this.wireFormat = new WireFormat(conf);
        this.maxAhead = StreamSettings.MAX_AHEAD.get(conf);
        this.times = new EventTimes(
                StreamSettings.ZONE.get(conf), contract.field("timestamp").tolerates());
        this.event = new JsonEvent(contract, new EventColumns(times));
    }

    private static EventContract contract(Configuration conf) {
        try {
            return EventContract.of(conf);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the contract of the events", e);
        }
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
        } catch (RuntimeException | StackOverflowError e) { // of the parser's making: no record ends the stream
            LOG.warn("Rejecting {}: the parser failed on it", RejectedEvents.name(record), e);
            return Rejection.unreadable(e);
        }
    }

    private void read(byte[] value, EventRow row) throws UnfitEvent {
        byte[] json = WireFormat.isOf(value) ? wireFormat.json(value) : value;
        String text = decode(json);
        try (JsonParser parser = factory.createParser(json)) {
            readJson(new JsonText(parser, json, text.contains("\\u")), row);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read event from memory", e);
        }
    }

    private void readJson(JsonText json, EventRow row) throws IOException, UnfitEvent {
        try {
            event.read(json, row);
        } catch (StreamConstraintsException e) {
            throw new UnfitEvent(
                    Rejection.Code.OVER_LIMIT,
                    "Cannot read event: beyond a limit %s (expected at most 1,000 levels, 50,000 characters of a name, 1,000 of a number)"
                            .formatted(json.place()));
        } catch (JsonProcessingException e) {
            throw new UnfitEvent(
                    Rejection.Code.BROKEN_JSON,
                    "Cannot read event: broken or cut %s (expected one JSON object)".formatted(json.place()));
        }
    }

    /** Java replaces what is no UTF-8; only where a text has that character are the bytes compared. */
    private static String decode(byte[] json) throws UnfitEvent {
        String text = new String(json, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), json)) {
            throw new UnfitEvent(Rejection.Code.NOT_UTF8, "Cannot read event: its bytes are not text (expected UTF-8)");
        }
        if (text.lastIndexOf(0, 3) >= 0) { // a zero in the first four bytes is UTF-16 or UTF-32 to Jackson
            throw new UnfitEvent(Rejection.Code.BROKEN_JSON, "Cannot read event: zero bytes (expected JSON in UTF-8)");
        }
        return text;
    }

    private @Nullable Rejection judgeTime(long recordMillis, EventRow row) {
        long recordTime = times.ofRecord(recordMillis);
        if (recordTime == EventTimes.NO_TIME) {
            recordTime = times.ofUtc(row.ingestedAt());
        }
        row.recordTime(recordTime);
        return row.eventTimeMicros() - recordTime > maxAhead.toSeconds() * MICROS_PER_SECOND
                ? Rejection.tooFarAhead(row.eventTimeMicros(), recordTime, maxAhead)
                : null;
    }
}
