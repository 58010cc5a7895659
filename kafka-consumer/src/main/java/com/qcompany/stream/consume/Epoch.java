package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.Position;
import com.qcompany.stream.event.Rejection;
import com.qcompany.stream.kafka.TopicOffsets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one consumer thread has consumed since its last commit. */
final class Epoch {

    private static final Logger LOG = LoggerFactory.getLogger(Epoch.class);

    private final String id;
    private final String instance;
    private final Instant begin;
    private final EpochFiles files;
    private final Rejects rejects;
    private long rejections;
    private String firstRejection = "";
    private final Map<TopicPartition, EpochPartition> partitions = new HashMap<>();

    Epoch(String id, String instance, Instant begin, EpochFiles files, Rejects rejects) {
        this.id = id;
        this.instance = instance;
        this.begin = begin;
        this.files = files;
        this.rejects = rejects;
    }

    /**
     * An epoch that can be committed.
     *
     * @param manifest what it publishes
     * @param positions where its partitions go on
     * @param deadLetters records to be sent with the commit
     * @param begin when its first record was taken
     */
    record Sealed(
            Manifest manifest,
            Map<TopicPartition, Position> positions,
            List<ProducerRecord<byte[], byte[]>> deadLetters,
            Instant begin) {}

    String id() {
        return id;
    }

    Instant begin() {
        return begin;
    }

    EpochFiles files() {
        return files;
    }

    Rejects rejects() {
        return rejects;
    }

    /** The account of a partition, begun where its last commit ended. */
    EpochPartition partition(TopicPartition partition, Position committed) {
        return partitions.computeIfAbsent(partition, key -> new EpochPartition(key, committed));
    }

    /** Counts a rejected event; the log names the first when the epoch is sealed, lest every one fills it. */
    void rejected(ConsumerRecord<?, ?> record, Rejection rejection) {
        if (rejections++ == 0) {
            firstRejection =
                    "%s-%d@%d: %s".formatted(record.topic(), record.partition(), record.offset(), rejection.message());
        }
    }

    /** Whether it takes no more records before it is committed. */
    boolean isFull() {
        return files.isFull() || rejects.isFull();
    }

    /** Whether it should be committed now. */
    boolean isDue(Instant now, Duration age) {
        return isFull() || !now.isBefore(begin.plus(age));
    }

    /**
     * Closes its files.
     *
     * @param topicId Kafka's id of the topic
     * @param reached where the consumer stands in every partition that it was given
     */
    Sealed seal(String topicId, Map<TopicPartition, Long> reached) throws IOException {
        if (rejections > 0) {
            LOG.info("Rejected {} events, the first is {}", rejections, firstRejection);
        }
        List<StagedFile> staged = new ArrayList<>(files.close());
        staged.addAll(rejects.close());
        List<OffsetRange> ranges = new ArrayList<>();
        Map<TopicPartition, Position> positions = new HashMap<>();
        partitions.forEach((partition, progress) -> {
            long to = TopicOffsets.require(reached, partition);
            if (progress.isBefore(to)) {
                ranges.add(progress.range(to));
                positions.put(partition, progress.position(to, id));
            }
        });
        return new Sealed(new Manifest(id, instance, topicId, staged, ranges), positions, rejects.deadLetters(), begin);
    }

    /** Lets go of everything; its records will be consumed again. */
    void abandon() {
        files.abandon();
        rejects.abandon();
    }
}
