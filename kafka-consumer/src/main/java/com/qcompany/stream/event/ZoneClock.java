package com.qcompany.stream.event;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Turns times of UTC into times of a zone, in microseconds since 1970-01-01T00:00 of either. Not thread-safe: keeps the
 * offset of the last time and between which times it is in force.
 */
final class ZoneClock {

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final ZoneRules rules;
    private long from = 1;
    private long until;
    private long offsetMicros;

    ZoneClock(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /** The zone's time at a time of UTC. */
    long ofUtc(long micros) {
        long second = Math.floorDiv(micros, MICROS_PER_SECOND);
        if (second < from || second >= until) {
            look(Instant.ofEpochSecond(second));
        }
        return micros + offsetMicros;
    }

    private void look(Instant instant) {
        ZoneOffsetTransition next = rules.nextTransition(instant);
        from = instant.getEpochSecond();
        until = next == null ? Long.MAX_VALUE : next.toEpochSecond();
        offsetMicros = rules.getOffset(instant).getTotalSeconds() * MICROS_PER_SECOND;
    }
}
