package com.qcompany.stream.consume;

import com.qcompany.stream.Position;
import com.qcompany.warehouse.command.StreamSettings.LostOffsets;
import com.qcompany.warehouse.command.StreamSettings.StartAt;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides where a partition is consumed from.
 *
 * @param start where a partition without any position begins
 * @param policy what becomes of a position that the broker no longer has
 */
record StartingPositions(StartAt start, LostOffsets policy) {

    /**
     * Offsets that the broker has, from the first to the one after the last.
     *
     * @param begin first offset that is kept
     * @param end offset after the last
     */
    record Available(long begin, long end) {}

    /**
     * Where to begin.
     *
     * @param position position to go on from
     * @param lostFrom first offset that can no longer be consumed; equal to {@code lostTo} where none is lost
     * @param lostTo offset after the last lost one
     */
    record Start(Position position, long lostFrom, long lostTo) {

        boolean losesOffsets() {
            return lostFrom < lostTo;
        }
    }

    /**
     * Decides for one partition.
     *
     * @param committed the group's position, if it has one
     * @param published offset after the last that manifests on the file system know to be taken, if any
     * @throws LostOffsetsException when the policy is to fail and offsets are missing, or the topic was made anew
     */
    Start decide(
            TopicPartition partition, Optional<Position> committed, Optional<Long> published, Available available) {
        if (committed.isEmpty() && published.isEmpty()) {
            return nothingLost(Position.at(start == StartAt.EARLIEST ? available.begin() : available.end()));
        }
        Position known = committed.orElseGet(() -> Position.at(published.orElseThrow()));
        if (committed.isEmpty() && policy == LostOffsets.FAIL) {
            throw new LostOffsetsException(
                    "Cannot consume %s: the group has no position any more, though offsets up to %d are published (set one: q events offsets --set %d:%d)"
                            .formatted(partition, known.next(), partition.partition(), known.next()));
        }
        boolean expired = known.next() < available.begin();
        boolean beyond = known.next() > available.end();
        if (!expired && !beyond) {
            return nothingLost(known);
        }
        if (policy == LostOffsets.FAIL) {
            throw new LostOffsetsException(
                    "Cannot consume %s from offset %d: the broker has %d to %d (%s; q.stream.lost-offsets=earliest goes on at the earliest, q events offsets --set sets a position)"
                            .formatted(
                                    partition,
                                    known.next(),
                                    available.begin(),
                                    available.end(),
                                    expired ? "offsets were deleted unread" : "the topic was made anew or cut"));
        }
        Position earliest =
                new Position(available.begin(), known.epoch(), known.watermarkMillis(), known.lastRecordMillis());
        return new Start(earliest, known.next(), expired ? available.begin() : known.next());
    }

    private static Start nothingLost(Position position) {
        return new Start(position, position.next(), position.next());
    }
}
