package com.qcompany.stream.compact;

import com.qcompany.stream.Position;
import com.qcompany.stream.kafka.TopicOffsets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a Kafka partition has been consumed.
 *
 * @param partition its number
 * @param begin first offset the broker still has
 * @param end offset after the last, read no earlier than the position
 * @param position what is committed for it; empty where nothing is
 */
public record PartitionProgress(int partition, long begin, long end, Optional<Position> position) {

    /**
     * The progress of every partition of a topic, asked from the brokers. Positions are read before end offsets, so that
     * a partition that looks wholly consumed was so at some time in between.
     */
    public static List<PartitionProgress> of(TopicOffsets offsets) throws IOException {
        Map<TopicPartition, Position> positions = offsets.positions();
        Map<TopicPartition, Long> begins = offsets.begins();
        Map<TopicPartition, Long> ends = offsets.ends();
        return begins.entrySet().stream()
                .map(begin -> new PartitionProgress(
                        begin.getKey().partition(),
                        begin.getValue(),
                        TopicOffsets.require(ends, begin.getKey()),
                        Optional.ofNullable(positions.get(begin.getKey()))))
                .toList();
    }

    /** Whether every record that the broker has was taken. */
    boolean isConsumed() {
        return begin == end || position.map(Position::next).orElse(Long.MIN_VALUE) >= end;
    }
}
