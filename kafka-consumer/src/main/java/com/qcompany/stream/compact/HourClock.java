package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import java.time.Duration;
import java.time.ZoneOffset;

/**
 * Says which hours are closed: no event of theirs is awaited any more, though late ones may come.
 *
 * @param watermarkMillis event time that all partitions have come to, see {@link Watermarks}
 * @param grace how far it must have passed an hour's end
 */
public record HourClock(long watermarkMillis, Duration grace) {

    public boolean isClosed(EventHour hour) {
        long end = hour.start().plusHours(1).toInstant(ZoneOffset.UTC).toEpochMilli();
        return end + grace.toMillis() <= watermarkMillis;
    }
}
