package com.qcompany.stream.compact;

import com.qcompany.stream.Position;
import java.util.Optional;

/**
 * How far a Kafka partition has been consumed.
 *
 * @param topic its topic
 * @param partition its number
 * @param begin first offset the broker still has
 * @param end offset after the last, read no earlier than the position
 * @param position what is committed for it; empty where nothing is
 */
public record PartitionProgress(String topic, int partition, long begin, long end, Optional<Position> position) {

    /** Whether every record that the broker has was taken. */
    boolean isConsumed() {
        return begin == end || position.map(Position::next).orElse(Long.MIN_VALUE) >= end;
    }
}
