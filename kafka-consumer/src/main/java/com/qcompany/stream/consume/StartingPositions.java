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

    /** A position that cannot be gone on from until an operator decides: offsets are gone, or it is another stream's. */
    static final class UnusablePositionException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnusablePositionException(String message) {
            super(message);
        }
    }

    /** Offsets that the broker has, from the first to the one after the last. */
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
     * What is known of a partition.
     *
     * @param committed the group's position, if it has one
     * @param published offset after the last that manifests know to be published, if any
     * @param isAdded whether the group has positions in other partitions, so that one without is younger than they
     * @param topicId Kafka's id of the topic
     */
    record Known(Optional<Position> committed, Optional<Long> published, boolean isAdded, String topicId) {

        /** Whether the position is one in a topic of the same name that is gone. */
        boolean isOfAnotherTopic() {
            return committed.isPresent() && !committed.get().isOfTopic(topicId);
        }
    }

    /**
     * Decides for one partition.
     *
     * @throws UnusablePositionException when the policy is to fail and offsets are missing, or the topic is another
     */
    Start decide(TopicPartition partition, Known known, Available available) {
        if (known.isOfAnotherTopic()) {
            requireLenient(
                    "Cannot consume %s: it is another topic than the one that the group's positions are of, which was deleted and made anew (q events offsets --set earliest begins at its first record, as q.stream.lost-offsets=earliest does)",
                    partition);
            return nothingLost(Position.at(available.begin()));
        }
        if (known.committed().isPresent()) {
            return goOn(partition, known.committed().get(), available);
        }
        if (known.published().isPresent()) {
            long published = known.published().get();
            requireLenient(
                    "Cannot consume %s: the group has no position any more, though offsets up to %d are published (set one: q events offsets --set %d:%d)",
                    partition, published, partition.partition(), published);
            return goOn(partition, Position.at(published), available);
        }
        boolean fromBegin = known.isAdded() || start == StartAt.EARLIEST;
        return nothingLost(Position.at(fromBegin ? available.begin() : available.end()));
    }

    private Start goOn(TopicPartition partition, Position position, Available available) {
        boolean expired = position.next() < available.begin();
        if (!expired && position.next() <= available.end()) {
            return nothingLost(position);
        }
        requireLenient(
                "Cannot consume %s from offset %d: the broker has %d to %d (%s; q.stream.lost-offsets=earliest goes on at the earliest, q events offsets --set sets a position)",
                partition,
                position.next(),
                available.begin(),
                available.end(),
                expired ? "offsets were deleted unread" : "the topic was made anew or cut");
        Position earliest = position.movedTo(available.begin());
        return new Start(earliest, position.next(), expired ? available.begin() : position.next());
    }

    private void requireLenient(String message, Object... values) {
        if (policy == LostOffsets.FAIL) {
            throw new UnusablePositionException(message.formatted(values));
        }
    }

    private static Start nothingLost(Position position) {
        return new Start(position, position.next(), position.next());
    }
}
