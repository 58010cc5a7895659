package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Finds the hours that the watermark has passed. */
record ClosedHours(Configuration conf, PendingEpochs pending, PositionSource positions, Clock clock) {

    /** Those of some open hours; without hours of which a committed epoch has still to publish a file. */
    List<EventHour> of(List<EventHour> open) throws IOException {
        List<PartitionProgress> progress = positions.read();
        Watermarks watermarks =
                new Watermarks(clock.instant(), StreamSettings.IDLE.get(conf), StreamSettings.ZONE.get(conf));
        HourClock hourClock = new HourClock(watermarks.least(progress), StreamSettings.GRACE.get(conf));
        Set<EventHour> unpublished = pending.hoursOf(progress);
        return open.stream()
                .filter(hour -> hourClock.isClosed(hour) && !unpublished.contains(hour))
                .toList();
    }
}
