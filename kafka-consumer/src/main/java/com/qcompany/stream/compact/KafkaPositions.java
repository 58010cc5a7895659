package com.qcompany.stream.compact;

import com.qcompany.stream.Position;
import com.qcompany.stream.kafka.TopicOffsets;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Positions as the brokers have them. A topic that is gone is a failure here, not a wrong command line. */
public record KafkaPositions(TopicOffsets offsets) implements PositionSource {

    @Override
    public List<PartitionProgress> read() throws IOException {
        try {
            Map<TopicPartition, Position> positions = offsets.positions();
            Map<TopicPartition, Long> begins = offsets.begins();
            Map<TopicPartition, Long> ends = offsets.ends();
            return begins.entrySet().stream()
                    .map(begin -> new PartitionProgress(
                            begin.getKey().topic(),
                            begin.getKey().partition(),
                            begin.getValue(),
                            TopicOffsets.require(ends, begin.getKey()),
                            Optional.ofNullable(positions.get(begin.getKey()))))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "Interrupted while asking Kafka how far %s is consumed".formatted(offsets.topic()));
        }
    }
}
