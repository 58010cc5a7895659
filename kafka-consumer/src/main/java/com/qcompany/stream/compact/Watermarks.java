package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * The event times that partitions have come to, from what is committed. Times are milliseconds since 1970 in the
 * stream's zone taken for UTC; {@link Position#NOTHING} holds every hour open.
 *
 * @param now the clock on the wall, which bounds every watermark: an event or record of the future says nothing
 * @param idle how long a partition may have no events before it no longer keeps hours open
 * @param zone the stream's zone
 */
public record Watermarks(Instant now, Duration idle, ZoneId zone) {

    /** The least of the partitions' watermarks; {@code idle} ago where no partition counts. */
    long least(Collection<PartitionProgress> partitions) {
        return partitions.stream()
                .map(this::of)
                .flatMapToLong(OptionalLong::stream)
                .min()
                .orElse(local(now.minus(idle).toEpochMilli()));
    }

    /**
     * The event time that a partition has come to; empty where it does not count, as it never had a record.
     *
     * <p>A partition whose records are all rejected or tombstones has no event time of its own: it has come to
     * {@code idle} before its last record, or before now if it is consumed to its end.
     */
    public OptionalLong of(PartitionProgress partition) {
        if (partition.position().isEmpty()) {
            return partition.isConsumed() ? OptionalLong.empty() : OptionalLong.of(Position.NOTHING);
        }
        Position position = partition.position().get();
        long watermark = Math.min(position.watermarkMillis(), local(now.toEpochMilli()));
        long reached = partition.isConsumed() ? now.toEpochMilli() : past(position.lastRecordMillis());
        long quiet = reached == Position.NOTHING ? Position.NOTHING : reached - idle.toMillis();
        boolean isQuiet = past(position.lastRowMillis()) <= quiet;
        return OptionalLong.of(isQuiet ? Math.max(watermark, local(quiet)) : watermark);
    }

    /**
     * Whether no event of an hour is awaited any more, though late ones may come.
     *
     * @param watermarkMillis event time that all partitions have come to
     * @param grace how far it must have passed the hour's end
     */
    static boolean isClosed(EventHour hour, long watermarkMillis, Duration grace) {
        long end = hour.start().plusHours(1).toInstant(ZoneOffset.UTC).toEpochMilli();
        return end + grace.toMillis() <= watermarkMillis;
    }

    /** A record's time; none where it lies in the future, for then it does not say when the record came. */
    private long past(long recordMillis) {
        return recordMillis > now.toEpochMilli() ? Position.NOTHING : recordMillis;
    }

    private long local(long millis) {
        return millis == Position.NOTHING
                ? Position.NOTHING
                : LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone)
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
    }
}
