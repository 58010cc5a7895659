package com.qcompany.ops.schedule;

import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.SourceGroup;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Hours from one to another, both included, UTC.
 *
 * @param first begin of the first
 * @param last begin of the last
 */
public record NominalHours(Instant first, Instant last) {

    private static final DateTimeFormatter OOZIE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public NominalHours {
        if (last.isBefore(first)) {
            throw new UsageException("Cannot use hours: %s..%s (expected the first not after the last)"
                    .formatted(hour(first), hour(last)));
        }
    }

    /** Reads {@code HOUR} or {@code HOUR..HOUR}. */
    public static NominalHours parse(String text) {
        String[] ends = text.split("\\.\\.", 2);
        return new NominalHours(begin(ends[0]), begin(ends[ends.length - 1]));
    }

    /** Begin of an hour, see {@link SourceGroup#parseHour}. */
    public static Instant begin(String hour) {
        return SourceGroup.parseHour(hour).toInstant(ZoneOffset.UTC);
    }

    /** The hour {@code uuuu-MM-dd-HH} that an instant lies in. */
    public static String hour(Instant instant) {
        return SourceGroup.HOUR.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    /** An instant as Oozie writes it, to the minute. */
    public static String oozie(Instant instant) {
        return OOZIE.format(instant);
    }

    /** Reads what Oozie writes. */
    static Instant ofOozie(String text) {
        try {
            return OOZIE.parse(text, Instant::from);
        } catch (DateTimeException e) {
            throw new UsageException("Cannot parse time: %s (expected one as 2026-03-05T13:00Z)".formatted(text), e);
        }
    }

    /** When the last hour has ended. */
    public Instant end() {
        return last.plus(1, ChronoUnit.HOURS);
    }

    @Override
    public String toString() {
        return first.equals(last) ? hour(first) : hour(first) + ".." + hour(last);
    }
}
