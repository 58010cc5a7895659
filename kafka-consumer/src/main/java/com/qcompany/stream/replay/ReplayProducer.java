package com.qcompany.stream.replay;

import com.qcompany.stream.event.DeadLetterHeaders;
import com.qcompany.stream.kafka.KafkaClients;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.OperatorException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.functional.InvocationRaisingIOE;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends events again in transactions, each with positions that say so, and waits until they can be read. */
final class ReplayProducer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayProducer.class);
    /** An event that compression made fit its topic is larger than what a client sends by default. */
    private static final int MAX_REQUEST_BYTES = 32 << 20;

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    /** Offset after the last that was sent. */
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();

    private long sent;

    /** @param id of the transactions: a second producer of the same id fences the first */
    ReplayProducer(Configuration conf, String id, Admin admin) {
        Properties properties = KafkaClients.common(conf);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        this.admin = admin;
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    /** Sends in one transaction, with the positions that say so; nothing where sending fails. */
    void sendAll(
            InvocationRaisingIOE sending, Map<TopicPartition, OffsetAndMetadata> positions, ConsumerGroupMetadata group)
            throws IOException {
        producer.beginTransaction();
        try {
            sending.apply();
        } catch (IOException e) {
            producer.abortTransaction();
            throw e;
        }
        producer.sendOffsetsToTransaction(positions, group);
        producer.commitTransaction();
    }

    void send(ProducerRecord<byte[], byte[]> event) {
        producer.send(event, (stored, failure) -> {
            if (failure == null) {
                ends.merge(new TopicPartition(stored.topic(), stored.partition()), stored.offset() + 1, Math::max);
            } else if (failure instanceof RecordTooLargeException) { // what fails all others is said once
                LOG.error("Cannot send {} again: {}", DeadLetterHeaders.origin(event), failure.getMessage());
            }
        });
        sent++;
    }

    /**
     * Waits until a consumer can read what was sent, for the broker ends a transaction a moment after its commit.
     *
     * @return how many were sent
     * @throws OperatorException if that takes long, as another transaction that stays open may make it
     */
    long awaitReadable() throws IOException, InterruptedException {
        Instant last = Instant.now().plus(MAX_WAIT);
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            TopicOffsets readable = new TopicOffsets(admin, end.getKey().topic(), "");
            while (TopicOffsets.require(readable.ends(), end.getKey()) < end.getValue()) {
                if (Instant.now().isAfter(last)) {
                    throw new OperatorException(
                            "Sent %,d events, but consumers cannot read those of %s after %d s: a transaction is still open (they will once it ends; nothing is to be sent again)"
                                    .formatted(sent, end.getKey(), MAX_WAIT.toSeconds()),
                            new TimeoutException());
                }
                Thread.sleep(PAUSE.toMillis());
            }
        }
        return sent;
    }

    @Override
    public void close() {
        producer.close();
    }
}
