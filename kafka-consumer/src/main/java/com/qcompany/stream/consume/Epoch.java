package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.Position;
import com.qcompany.stream.kafka.TopicOffsets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** What one consumer thread has taken since its last commit. */
final class Epoch {

    private final String id;
    private final String instance;
    private final Instant begin;
    private final EpochFiles files;
    private final Rejects rejects;
    private final Map<TopicPartition, PartitionTake> takes = new HashMap<>();

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
    PartitionTake take(TopicPartition partition, Position committed) {
        return takes.computeIfAbsent(partition, key -> new PartitionTake(key, committed));
    }

    /** Whether it should be committed now. */
    boolean isDue(Instant now, Duration age) {
        return files.isFull() || rejects.isFull() || !now.isBefore(begin.plus(age));
    }

    /**
     * Closes its files.
     *
     * @param reached where the consumer stands in every partition that it was given
     */
    Sealed seal(Map<TopicPartition, Long> reached) throws IOException {
        List<StagedFile> staged = new ArrayList<>(files.close());
        staged.addAll(rejects.close());
        List<OffsetRange> ranges = new ArrayList<>();
        Map<TopicPartition, Position> positions = new HashMap<>();
        takes.forEach((partition, take) -> {
            long to = TopicOffsets.require(reached, partition);
            if (take.isBefore(to)) {
                ranges.add(take.range(to));
                positions.put(partition, take.position(to, id));
            }
        });
        return new Sealed(new Manifest(id, instance, staged, ranges), positions, rejects.deadLetters(), begin);
    }

    /** Lets go of everything; its records will be consumed again. */
    void abandon() {
        files.abandon();
        rejects.abandon();
    }
}
