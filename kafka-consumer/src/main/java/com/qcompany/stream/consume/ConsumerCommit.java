package com.qcompany.stream.consume;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Commits by the consumer itself; for rejects that go to the table. */
record ConsumerCommit(Consumer<byte[], byte[]> consumer) implements OffsetCommit {

    @Override
    public void commit(
            Map<TopicPartition, OffsetAndMetadata> offsets, List<ProducerRecord<byte[], byte[]>> deadLetters) {
        if (!deadLetters.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot send %d dead letters: rejects go to the table".formatted(deadLetters.size()));
        }
        consumer.commitSync(offsets);
    }

    /** The consumer is its owner's to close. */
    @Override
    public void close() {}
}
