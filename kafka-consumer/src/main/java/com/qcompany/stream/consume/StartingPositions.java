package com.qcompany.stream.consume;

import com.qcompany.stream.Position;
import com.qcompany.warehouse.command.StreamSettings.LostOffsets;
import com.qcompany.warehouse.command.StreamSettings.StartAt;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /**
     * What is known of a partition.
     *
     * @param committed the group's position, if it has one
     * @param isBegun whether the group has begun with the topic, so that a partition that nobody knows was added later
     * @param begin first offset that the broker has, to the {@code end} after its last
     */
    record Known(Optional<Position> committed, boolean isBegun, String topicId, long begin, long end) {}

    /**
     * Decides for one partition.
     *
     * @throws UnusablePositionException when the policy is to fail and offsets are missing, or the topic is another
     */
    Position decide(TopicPartition partition, Known known) {
        if (known.committed().isPresent()) {
            Position position = known.committed().get();
            if (position.isOfTopic(known.topicId())) {
                return goOn(partition, position, known);
            }
            requireLenient(
                    "Cannot consume %s: it is another topic than the one that the group's positions are of, which was deleted and made anew (q events offsets --set earliest begins at its first record, as q.stream.lost-offsets=earliest does)",
                    partition);
            return Position.at(known.begin());
        }
        boolean fromBegin = known.isBegun() || start == StartAt.EARLIEST;
        return Position.at(fromBegin ? known.begin() : known.end());
    }

    /**
     * Makes sure that a group which has no position any more may go on where it is published to.
     *
     * @param positions of all partitions: where they are published to, or their first record
     * @param known partitions of which it is known where they are published to
     * @throws UnusablePositionException when the policy is to fail
     */
    void requireForgettable(Map<TopicPartition, Long> positions, Set<TopicPartition> known) {
        requireLenient(
                "Cannot consume: the group has no position any more, as after a pause of some days, though its events are published (q events offsets --set %s goes on where it was%s)",
                positions.entrySet().stream()
                        .map(gone -> gone.getKey().partition() + ":" + gone.getValue())
                        .sorted()
                        .collect(Collectors.joining(",")),
                positions.keySet().stream()
                        .filter(partition -> !known.contains(partition))
                        .map(partition -> "; of partition %d it is not known, its first record is named"
                                .formatted(partition.partition()))
                        .sorted()
                        .collect(Collectors.joining()));
    }

    private Position goOn(TopicPartition partition, Position position, Known known) {
        boolean isLost = position.next() < known.begin();
        if (!isLost && position.next() <= known.end()) {
            return position;
        }
        boolean isCut = !isLost && position.origin().isPresent(); // without, it may be a position in another topic
        requireLenient(
                "Cannot consume %s from offset %d: the broker has %d to %d (%s; q.stream.lost-offsets=earliest goes on at %d, q events offsets --set sets a position)",
                partition,
                position.next(),
                known.begin(),
                known.end(),
                isLost ? "offsets were deleted unread" : "the topic was made anew or cut",
                isCut ? known.end() : known.begin());
        return position.movedTo(isCut ? known.end() : known.begin());
    }

    private void requireLenient(String message, Object... values) {
        if (policy == LostOffsets.FAIL) {
            throw new UnusablePositionException(message.formatted(values));
        }
    }
}
