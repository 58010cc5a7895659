package com.qcompany.stream.event;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Reads event times: {@code uuuu-MM-ddTHH:mm:ss}, with up to nine digits of a fraction, of which six count, and with
 * {@code Z} or an offset such as {@code +02:00}. Without one the time is of the stream's zone. Years 0001 to 9999.
 * Not thread-safe.
 */
final class EventTimes {

    /** What is returned for a text that is no time. */
    static final long NO_TIME = Long.MIN_VALUE;
    /** What is allowed, for messages. */
    static final String ALLOWED = "uuuu-MM-ddTHH:mm:ss, then a fraction and Z or an offset if any";

    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int DATE_LENGTH = "uuuu-MM-dd".length();
    private static final int SECONDS_LENGTH = "uuuu-MM-ddTHH:mm:ss".length();
    private static final int MOST_FRACTION_DIGITS = 9;
    private static final int COUNTED_FRACTION_DIGITS = 6;
    private static final int MOST_OFFSET_MINUTES = 18 * 60;
    private static final long EARLIEST = LocalDate.of(1, 1, 1).toEpochDay() * SECONDS_PER_DAY * MICROS_PER_SECOND;
    private static final long LATEST =
            LocalDate.of(10_000, 1, 1).toEpochDay() * SECONDS_PER_DAY * MICROS_PER_SECOND - 1;

    private final ZoneClock clock;
    private int lastDate = -1;
    private long lastEpochDay;

    EventTimes(ZoneId zone) {
        this.clock = new ZoneClock(zone);
    }

    /** Microseconds since 1970-01-01T00:00 of the stream's zone, or {@link #NO_TIME}. */
    long read(byte[] text, int from, int to) {
        if (to - from < SECONDS_LENGTH || text[from + DATE_LENGTH] != 'T') {
            return NO_TIME;
        }
        long day = epochDay(text, from);
        long second = secondOfDay(text, from + DATE_LENGTH + 1);
        if (day == NO_TIME || second == NO_TIME) {
            return NO_TIME;
        }
        long micros = (day * SECONDS_PER_DAY + second) * MICROS_PER_SECOND;
        int at = from + SECONDS_LENGTH;
        if (at < to && text[at] == '.') {
            int end = endOfDigits(text, at + 1, to);
            if (end == at + 1 || end - at - 1 > MOST_FRACTION_DIGITS) {
                return NO_TIME;
            }
            micros += fraction(text, at + 1, end);
            at = end;
        }
        return at == to ? checked(micros) : ofOffset(micros, text, at, to);
    }

    /** The zone's time of a record's time, in milliseconds since 1970 UTC, or {@link #NO_TIME} if it is no date. */
    long ofRecord(long millis) {
        if (millis < 0 || millis > LATEST / 1000) {
            return NO_TIME;
        }
        return checked(clock.ofUtc(millis * 1000));
    }

    /** The zone's time of a time of UTC. */
    long ofUtc(long micros) {
        return clock.ofUtc(micros);
    }

    private long epochDay(byte[] text, int from) {
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        if ((year | month | day) < 0 || text[from + 4] != '-' || text[from + 7] != '-') {
            return NO_TIME;
        }
        int date = (year * 100 + month) * 100 + day;
        if (date != lastDate) {
            try {
                lastEpochDay = LocalDate.of(year, month, day).toEpochDay();
            } catch (DateTimeException e) {
                return NO_TIME;
            }
            lastDate = date;
        }
        return lastEpochDay;
    }

    private static long secondOfDay(byte[] text, int from) {
        int hour = number(text, from, 2);
        int minute = number(text, from + 3, 2);
        int second = number(text, from + 6, 2);
        boolean fits = (hour | minute | second) >= 0 && hour < 24 && minute < 60 && second < 60;
        return fits && text[from + 2] == ':' && text[from + 5] == ':' ? (hour * 60L + minute) * 60 + second : NO_TIME;
    }

    private static long fraction(byte[] text, int from, int to) {
        long micros = 0;
        for (int i = 0; i < COUNTED_FRACTION_DIGITS; i++) {
            micros = micros * 10 + (from + i < to ? text[from + i] - '0' : 0);
        }
        return micros;
    }

    private long ofOffset(long micros, byte[] text, int at, int to) {
        if (text[at] == 'Z' && at + 1 == to) {
            return checked(clock.ofUtc(micros));
        }
        boolean colon = to - at == 6 && text[at + 3] == ':';
        if ((text[at] != '+' && text[at] != '-') || !(colon || to - at == 5)) {
            return NO_TIME;
        }
        int hours = number(text, at + 1, 2);
        int minutes = number(text, to - 2, 2);
        if ((hours | minutes) < 0 || minutes >= 60 || hours * 60 + minutes > MOST_OFFSET_MINUTES) {
            return NO_TIME;
        }
        long offset = (hours * 60L + minutes) * 60 * MICROS_PER_SECOND;
        return checked(clock.ofUtc(text[at] == '+' ? micros - offset : micros + offset));
    }

    private static long checked(long micros) {
        return micros >= EARLIEST && micros <= LATEST ? micros : NO_TIME;
    }

    private static int endOfDigits(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }

    /** The number of so many digits, or a negative number where one is none. */
    private static int number(byte[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
