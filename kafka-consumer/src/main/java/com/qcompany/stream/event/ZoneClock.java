package com.qcompany.stream.event;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Turns times of UTC into times of a zone, since 1970-01-01T00:00 of either. Not thread-safe: keeps the offset of the
 * last time and between which times it is in force.
 */
public final class ZoneClock {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MILLIS_PER_SECOND = 1_000;

    private final ZoneRules rules;
    private long from = 1;
    private long until;
    private long offsetSeconds;

    public ZoneClock(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /** The zone's time at a time of UTC, in milliseconds. */
    public long ofUtcMillis(long millis) {
        return millis + offsetSeconds(Math.floorDiv(millis, MILLIS_PER_SECOND)) * MILLIS_PER_SECOND;
    }

    /** The zone's time at a time of UTC, in microseconds. */
    long ofUtc(long micros) {
        return micros + offsetSeconds(Math.floorDiv(micros, MICROS_PER_SECOND)) * MICROS_PER_SECOND;
    }

    private long offsetSeconds(long second) {
        if (second < from || second >= until) {
            look(Instant.ofEpochSecond(second));
        }
        return offsetSeconds;
    }

    private void look(Instant instant) {
        ZoneOffsetTransition next = rules.nextTransition(instant);
        from = instant.getEpochSecond();
        until = next == null ? Long.MAX_VALUE : next.toEpochSecond();
        offsetSeconds = rules.getOffset(instant).getTotalSeconds();
    }
}
