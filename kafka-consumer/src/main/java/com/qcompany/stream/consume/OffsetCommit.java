package com.qcompany.stream.consume;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The commit point of an epoch: all its partitions at once, or none. */
@FunctionalInterface
interface OffsetCommit extends AutoCloseable {

    /** The dead-letter topic does not take what is sent to it; nothing was committed, the transaction is aborted. */
    final class DeadLettersRefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DeadLettersRefusedException(Throwable cause) {
            super("Cannot send dead letters: %s".formatted(cause.getMessage()), cause);
        }
    }

    /** Commits by the consumer itself; for rejects that go to the table. */
    static OffsetCommit by(Consumer<byte[], byte[]> consumer) {
        return (offsets, deadLetters) -> {
            if (!deadLetters.isEmpty()) {
                throw new IllegalArgumentException(
                        "Cannot send %d dead letters: rejects go to the table".formatted(deadLetters.size()));
            }
            consumer.commitSync(offsets);
        };
    }

    /**
     * Commits.
     *
     * @param offsets positions whose metadata names the epoch
     * @param deadLetters records that become visible with the commit; empty unless the rejects go to a topic
     * @throws org.apache.kafka.common.errors.RebalanceInProgressException when it must poll first and commit again
     * @throws org.apache.kafka.common.errors.FencedInstanceIdException when another has taken the thread's name, as
     *     {@link org.apache.kafka.common.errors.ProducerFencedException}; what was committed is for that one to ask
     * @throws org.apache.kafka.common.KafkaException anything else: what was committed only a new membership can tell
     */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets, List<ProducerRecord<byte[], byte[]>> deadLetters);

    /** The consumer is its owner's to close. */
    @Override
    default void close() {}
}
