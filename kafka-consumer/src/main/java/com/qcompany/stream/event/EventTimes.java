package com.qcompany.stream.event;

import com.qcompany.warehouse.contract.EventContract.Accept;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads event times: {@code uuuu-MM-ddTHH:mm:ss}, with up to nine digits of a fraction, of which six count, and with
 * {@code Z} or an offset such as {@code +02:00}. Without one the time is of the stream's zone. Years 1900 to 9999: the
 * year 1 is what some languages have for no date. Not thread-safe: keeps the minute that was read last.
 */
final class EventTimes {

    /** What is returned for what is no time. */
    static final long NO_TIME = Long.MIN_VALUE;
    /** What is allowed, for messages. */
    static final String ALLOWED = "uuuu-MM-ddTHH:mm:ss of 1900 to 9999, then a fraction and Z or an offset if any";

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("-MM-dd'T'HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .appendPattern("[XXX]")
            .optionalStart()
            .appendOffset("+HHMM", "+0000")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
    private static final long EARLIEST = micros(LocalDateTime.of(1900, 1, 1, 0, 0));
    private static final long LATEST = micros(LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000));
    /** Smaller numbers are more likely seconds than milliseconds: as milliseconds this is in March 1973. */
    private static final long LEAST_EPOCH_MILLIS = 100_000_000_000L;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int BLANK = "uuuu-MM-dd".length();
    private static final int MINUTE_LENGTH = "uuuu-MM-ddTHH:mm:".length();
    private static final int LENGTH = "uuuu-MM-ddTHH:mm:ss".length();

    private final ZoneId zone;
    private final Set<Accept> rules;
    private String lastMinute = "-";
    private long lastMinuteMicros;

    /** @param rules what is read besides the one form without a zone */
    EventTimes(ZoneId zone, Set<Accept> rules) {
        this.zone = zone;
        this.rules = rules;
    }

    /**
     * Microseconds since 1970-01-01T00:00 of the stream's zone, or {@link #NO_TIME}.
     *
     * @param used is called with every rule that the text needs
     */
    long read(String text, Consumer<Accept> used) {
        if (text.length() == LENGTH && text.startsWith(lastMinute)) {
            int tens = text.charAt(MINUTE_LENGTH) - '0';
            int ones = text.charAt(MINUTE_LENGTH + 1) - '0';
            boolean isSecond = tens >= 0 && tens < 6 && ones >= 0 && ones < 10;
            return isSecond ? lastMinuteMicros + (tens * 10 + ones) * MICROS_PER_SECOND : NO_TIME;
        }
        if (text.length() > BLANK && text.charAt(BLANK) == ' ') {
            return isAllowed(Accept.BLANK_IN_TIME, used) ? readIso(text.replaceFirst(" ", "T"), used) : NO_TIME;
        }
        return readIso(text, used);
    }

    /** The zone's time of a number of milliseconds since 1970 UTC, or {@link #NO_TIME}. */
    long ofEpochMillis(long millis, Consumer<Accept> used) {
        return millis >= LEAST_EPOCH_MILLIS && isAllowed(Accept.EPOCH_MILLIS, used) ? ofRecord(millis) : NO_TIME;
    }

    /** The zone's time of a record's time, in milliseconds since 1970 UTC, or {@link #NO_TIME} if it is no date. */
    long ofRecord(long millis) {
        return millis < 0 || millis > LATEST / 1000 ? NO_TIME : ofUtc(millis * 1000);
    }

    /** The zone's time of a time of UTC. */
    long ofUtc(long micros) {
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND));
        return checked(micros + zone.getRules().getOffset(instant).getTotalSeconds() * MICROS_PER_SECOND);
    }

    /** The time of a number of microseconds since 1970-01-01T00:00 of the same zone. */
    static LocalDateTime dateTime(long micros) {
        return EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private long readIso(String text, Consumer<Accept> used) {
        try {
            TemporalAccessor time = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            if (time instanceof OffsetDateTime offset) {
                return isAllowed(Accept.ZONE_OFFSET, used)
                        ? checked(micros(offset.atZoneSameInstant(zone).toLocalDateTime()))
                        : NO_TIME;
            }
            LocalDateTime local = (LocalDateTime) time;
            long micros = checked(micros(local));
            if (micros != NO_TIME) {
                lastMinute = text.substring(0, MINUTE_LENGTH);
                lastMinuteMicros = micros(local.truncatedTo(ChronoUnit.MINUTES));
            }
            return micros;
        } catch (DateTimeException e) {
            return NO_TIME;
        }
    }

    private boolean isAllowed(Accept rule, Consumer<Accept> used) {
        if (rules.contains(rule)) {
            used.accept(rule);
            return true;
        }
        return false;
    }

    private static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(EPOCH, time);
    }

    private static long checked(long micros) {
        return micros >= EARLIEST && micros <= LATEST ? micros : NO_TIME;
    }
}
