package com.qcompany.stream.consume;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
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
        } catch (CommitFailedException
                | RebalanceInProgressException
                | DeadLettersRefusedException
                | InvalidProducerEpochException e) {
            producer.abortTransaction(); // which fails where another process has taken the name
            throw e;
        }
        producer.commitTransaction();
    }

    /** Sends, and waits for the answers: one record that the topic refuses would fail every commit from then on. */
    private void send(List<ProducerRecord<byte[], byte[]>> deadLetters) {
        AtomicReference<Exception> refusal = new AtomicReference<>();
        for (ProducerRecord<byte[], byte[]> letter : deadLetters) {
            producer.send(letter, (sent, failure) -> refusal.compareAndSet(null, failure));
        }
        producer.flush();
        Exception failure = refusal.get();
        if (failure instanceof ProducerFencedException || failure instanceof InvalidProducerEpochException) {
            throw (ApiException) failure; // of the transaction, which the brokers have ended, not of a letter
        }
        if (failure != null) {
            throw new DeadLettersRefusedException(failure);
        }
    }

    /** What the brokers do not answer in time they abort, when the id is used again at the latest. */
    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
