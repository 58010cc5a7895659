package com.qcompany.stream.consume;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/**
 * Commits offsets and dead letters in one Kafka transaction, so that a rejected event is in the dead-letter topic once.
 *
 * <p>The producer's transactional id is the thread's: a producer of the same id that comes later completes or aborts
 * what this one has left, and fences it.
 */
final class TransactionalCommit implements OffsetCommit {

    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;

    /** Takes over a producer and fences older ones of its transactional id; closes it where that fails. */
    TransactionalCommit(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer) {
        this.consumer = consumer;
        this.producer = producer;
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            close();
            throw e;
        }
    }

    @Override
    public void commit(
            Map<TopicPartition, OffsetAndMetadata> offsets, List<ProducerRecord<byte[], byte[]>> deadLetters) {
        producer.beginTransaction();
        try {
            send(deadLetters);
            producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        } catch (CommitFailedException | RebalanceInProgressException | DeadLettersRefusedException e) {
            producer.abortTransaction();
            throw e;
        }
        producer.commitTransaction();
    }

    /** Sends, and waits for the answers: one record that the topic refuses would fail every commit from then on. */
    private void send(List<ProducerRecord<byte[], byte[]>> deadLetters) {
        List<Future<RecordMetadata>> sent =
                deadLetters.stream().map(producer::send).toList();
        if (!sent.isEmpty()) {
            producer.flush();
        }
        for (Future<RecordMetadata> letter : sent) {
            try {
                letter.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof ProducerFencedException fenced) {
                    throw fenced;
                }
                throw new DeadLettersRefusedException(e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    /** What the brokers do not answer in time they abort, when the id is used again at the latest. */
    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
