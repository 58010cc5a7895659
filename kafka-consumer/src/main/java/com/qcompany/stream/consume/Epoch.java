package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.Position;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.kafka.TopicOffsets;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** What one consumer thread has taken since its last commit. */
final class Epoch {

    private final String id;
    private final String instance;
    private final Instant begin;
    private final StagedFiles staged;
    private final Rejects rejects;
    private final Map<TopicPartition, EpochPartition> partitions = new HashMap<>();

    /** @param deadLetterTopic where rejected events go; empty: to the table */
    Epoch(StreamFiles files, String instance, Instant begin, Optional<String> deadLetterTopic) {
        this.id = EpochId.of(instance, begin);
        this.instance = instance;
        this.begin = begin;
        this.staged = new StagedFiles(files, instance, id);
        this.rejects = new Rejects(staged, id, files, deadLetterTopic);
    }

    /** An epoch that can be committed: what it publishes, where its partitions go on, and what is sent with the commit. */
    record Sealed(
            Manifest manifest,
            Map<TopicPartition, Position> positions,
            List<ProducerRecord<byte[], byte[]>> deadLetters) {

        /** What is committed. */
        Map<TopicPartition, OffsetAndMetadata> offsets() {
            return positions.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                    .toCommit()));
        }
    }

    Instant begin() {
        return begin;
    }

    StagedFiles files() {
        return staged;
    }

    Rejects rejects() {
        return rejects;
    }

    /** The account of a partition, begun where its last commit ended. */
    EpochPartition partition(TopicPartition partition, Position committed) {
        return partitions.computeIfAbsent(partition, key -> new EpochPartition(key, committed));
    }

    /** Whether it takes no more records before it is committed. */
    boolean isFull() {
        return staged.isFull() || rejects.isFull();
    }

    /**
     * Closes its files. A partition that nothing was taken of has moved, too, where it has offsets without a record.
     *
     * @param topicId Kafka's id of the topic
     * @param committed positions of every partition that is consumed
     * @param reached where the consumer stands in each of them
     */
    Sealed seal(String topicId, Map<TopicPartition, Position> committed, Map<TopicPartition, Long> reached)
            throws IOException {
        List<StagedFile> files = staged.close();
        rejects.log();
        List<OffsetRange> ranges = new ArrayList<>();
        Map<TopicPartition, Position> positions = new HashMap<>();
        committed.forEach((partition, position) -> {
            long to = TopicOffsets.require(reached, partition);
            if (position.next() < to) {
                EpochPartition account = partition(partition, position);
                ranges.add(account.range(to));
                positions.put(partition, account.position(to, id));
            }
        });
        return new Sealed(new Manifest(id, instance, topicId, files, ranges), positions, rejects.deadLetters());
    }

    /** Lets go of everything; its records will be consumed again. */
    void abandon() {
        staged.abandon();
    }
}
