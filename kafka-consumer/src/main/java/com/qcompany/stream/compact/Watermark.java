package com.qcompany.stream.compact;

import com.qcompany.stream.Position;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * The event time up to which all partitions have come, from what is committed.
 *
 * @param millis milliseconds since 1970 in the stream's zone taken for UTC; {@link Position#NOTHING} holds every hour
 *     open
 */
record Watermark(long millis) {

    /**
     * The least of the partitions' watermarks. A partition that is wholly consumed and quiet for {@code idle} has come
     * to {@code idle} ago at least, and one that has no record and never was consumed does not count.
     */
    static Watermark of(Collection<PartitionProgress> partitions, Clock clock, Duration idle, ZoneId zone) {
        Instant quiet = clock.instant().minus(idle);
        long quietMillis =
                LocalDateTime.ofInstant(quiet, zone).toInstant(ZoneOffset.UTC).toEpochMilli();
        OptionalLong least = partitions.stream()
                .filter(partition -> partition.position().isPresent() || !partition.isConsumed())
                .mapToLong(partition -> partition.isConsumed() && partition.isQuietSince(quiet)
                        ? Math.max(quietMillis, partition.watermarkMillis())
                        : partition.watermarkMillis())
                .min();
        return new Watermark(least.orElse(quietMillis));
    }
}
