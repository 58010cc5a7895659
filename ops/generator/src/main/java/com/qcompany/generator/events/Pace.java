package com.qcompany.generator.events;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Holds a sender back to so many records a second.
 *
 * @param perSecond records a second; 0 for no limit
 * @param startNanos when the first was due, on the clock
 * @param clock nanoseconds, such as {@link System#nanoTime}
 */
record Pace(long perSecond, long startNanos, LongSupplier clock) {

    private static final double NANOS_PER_SECOND = 1e9;

    static Pace of(long perSecond) {
        return new Pace(perSecond, System.nanoTime(), System::nanoTime);
    }

    /** How long to wait before a record of a number from 0, in nanoseconds; 0 or less if it is due. */
    long untilDue(long number) {
        return perSecond == 0 ? 0 : startNanos + (long) (number * (NANOS_PER_SECOND / perSecond)) - clock.getAsLong();
    }

    void await(long number) {
        for (long nanos = untilDue(number); nanos > 0; nanos = untilDue(number)) {
            LockSupport.parkNanos(nanos);
        }
    }
}
