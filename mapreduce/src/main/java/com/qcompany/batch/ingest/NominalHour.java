package com.qcompany.batch.ingest;

import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.SourceGroup;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The hour that a group belongs to, always kept in UTC. In a zone whose offset is no whole number of hours it is the
 * UTC hour in which the zone's hour begins.
 */
final class NominalHour {

    /** By how much the clocks of a scheduler and of this machine may differ. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** An earlier hour is a slip in the year: no sale is that old. */
    private static final LocalDateTime FIRST = LocalDateTime.of(2000, 1, 1, 0, 0);

    private NominalHour() {}

    /** The hour of that text, which has begun and is not of long ago, or the running hour where there is none. */
    static LocalDateTime of(@Nullable String text, Clock clock, ZoneId zone) {
        LocalDateTime hour = text == null ? now(clock, zone) : parse(text, zone);
        if (hour.isAfter(now(Clock.offset(clock, CLOCK_SKEW), zone))) {
            throw new UsageException("Cannot use --hour: %s has not begun (expected at most %s in %s)"
                    .formatted(text, SourceGroup.HOUR.format(LocalDateTime.ofInstant(clock.instant(), zone)), zone));
        }
        if (hour.isBefore(FIRST)) {
            throw new UsageException("Cannot use --hour: %s is long ago (expected at least %s)"
                    .formatted(text, SourceGroup.HOUR.format(FIRST)));
        }
        return hour;
    }

    static LocalDateTime now(Clock clock, ZoneId zone) {
        return utc(ZonedDateTime.ofInstant(clock.instant(), zone).truncatedTo(ChronoUnit.HOURS));
    }

    /**
     * Parses an hour in a zone. Of one that a clock change repeats, the first is meant.
     */
    static LocalDateTime parse(String text, ZoneId zone) {
        LocalDateTime local = SourceGroup.parseHour(text);
        ZonedDateTime hour = local.atZone(zone);
        if (!hour.toLocalDateTime().equals(local)) {
            throw new UsageException(
                    "Cannot read --hour: %s (expected an hour that exists in %s; a clock change skips it)"
                            .formatted(text, zone));
        }
        return utc(hour);
    }

    private static LocalDateTime utc(ZonedDateTime hour) {
        return hour.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime().truncatedTo(ChronoUnit.HOURS);
    }
}
