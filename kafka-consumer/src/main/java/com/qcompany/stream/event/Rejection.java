package com.qcompany.stream.event;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a record was refused.
 *
 * @param code the rule it breaks
 * @param column column that the rule is about, or null
 * @param value that column's value as received, JSON, cut where it is long, or null
 * @param message one sentence: what is wrong and what is allowed
 */
public record Rejection(Code code, @Nullable String column, @Nullable String value, String message) {

    private static final String TIME_COLUMN = "timestamp";
    private static final int MAX_VALUE_LENGTH = 256;

    public Rejection {
        value = value == null ? null : storable(value);
        message = storable(message);
    }

    /** Why a record is not a row of table {@code kafka}. */
    public enum Code {
        /** The value is no UTF-8, or an escape in it stands for half a character. */
        NOT_UTF8,
        /** The value is no JSON, is cut, or goes on after its end. */
        BROKEN_JSON,
        /** The value is JSON, but no object. */
        NOT_AN_OBJECT,
        /** The value was written by the serializer of a schema registry. */
        CONFLUENT_WIRE_FORMAT,
        /** A name, a number or the nesting is beyond what the parser takes. */
        OVER_LIMIT,
        /** A field stands twice in the same object. */
        DUPLICATE_FIELD,
        /** The reader or the writer of events fails on the record, which is a fault of theirs. */
        UNREADABLE,
        /** A field's value does not fit its column. */
        TYPE_MISMATCH,
        /** The event's time is too far ahead of its record's. */
        EVENT_TIME_AHEAD,
        /** The event's time is too far behind the newest of its partition. */
        EVENT_TOO_LATE;

        /** The code as tables, headers and metrics have it, snake_case. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Of an event that is later than allowed, which only the consumer can judge.
     *
     * @param latenessMillis how far it lies behind the newest of its partition
     */
    public static Rejection tooLate(long latenessMillis, long allowedMillis) {
        return new Rejection(
                Code.EVENT_TOO_LATE,
                TIME_COLUMN,
                null,
                "Cannot take event: it is %d s behind the newest of its partition (expected at most %d s)"
                        .formatted(latenessMillis / 1000, allowedMillis / 1000));
    }

    static Rejection tooFarAhead(long eventTimeMicros, long recordTimeMicros, Duration allowed) {
        String time = EventTimes.dateTime(eventTimeMicros).toString();
        return new Rejection(
                Code.EVENT_TIME_AHEAD,
                TIME_COLUMN,
                time,
                "Cannot take event of %s (expected at most %d s after its record's time, %s)"
                        .formatted(time, allowed.toSeconds(), EventTimes.dateTime(recordTimeMicros)));
    }

    static Rejection mismatch(String column, String received, String allowed) {
        String value = cut(received);
        return new Rejection(
                Code.TYPE_MISMATCH,
                column,
                value,
                "Cannot take %s: %s (expected %s)".formatted(column, value, allowed));
    }

    static Rejection duplicate(String field) {
        return new Rejection(
                Code.DUPLICATE_FIELD,
                cut(field),
                null,
                "Cannot read event: field %s stands twice (expected once)".formatted(cut(field)));
    }

    /** Of an event on which the writer of files fails again. */
    public static Rejection unwritable() {
        return new Rejection(
                Code.UNREADABLE, null, null, "Cannot write event: the writer fails on it (the log has more)");
    }

    static Rejection unreadable(Throwable failure) {
        return new Rejection(
                Code.UNREADABLE,
                null,
                null,
                "Cannot read event: the reader fails on it with %s (the log has more)"
                        .formatted(failure.getClass().getSimpleName()));
    }

    static String cut(String value) {
        return value.length() <= MAX_VALUE_LENGTH ? value : value.substring(0, MAX_VALUE_LENGTH - 1) + "…";
    }

    /** The text with what is no character of UTF-8 replaced: a parser's message may quote half a surrogate pair. */
    private static String storable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
