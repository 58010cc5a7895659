package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.Position;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** What an epoch has taken of one partition so far. */
final class PartitionTake {

    private final TopicPartition partition;
    private final long from;
    private long watermarkMillis;
    private long lastRecordMillis;
    private long published;
    private long rejected;
    private long tombstones;

    /** Begins where the last commit ended. */
    PartitionTake(TopicPartition partition, Position begin) {
        this.partition = partition;
        this.from = begin.next();
        this.watermarkMillis = begin.watermarkMillis();
        this.lastRecordMillis = begin.lastRecordMillis();
    }

    /** Takes a row; an event ahead of its record's time does not carry the watermark beyond it. */
    void row(long eventMillis, long recordLocalMillis, long recordMillis) {
        published++;
        watermarkMillis = Math.max(watermarkMillis, Math.min(eventMillis, recordLocalMillis));
        lastRecordMillis = Math.max(lastRecordMillis, recordMillis);
    }

    void rejected(long recordMillis) {
        rejected++;
        lastRecordMillis = Math.max(lastRecordMillis, recordMillis);
    }

    void tombstone(long recordMillis) {
        tombstones++;
        lastRecordMillis = Math.max(lastRecordMillis, recordMillis);
    }

    long watermarkMillis() {
        return watermarkMillis;
    }

    /** Whether the consumer stands further on than this began. */
    boolean isBefore(long position) {
        return from < position;
    }

    /** The account of what was taken up to a position; offsets without a record are absent. */
    OffsetRange range(long to) {
        long absent = to - from - published - rejected - tombstones;
        return new OffsetRange(
                partition.topic(), partition.partition(), from, to, published, rejected, tombstones, absent);
    }

    /** The position to commit. */
    Position position(long to, String epoch) {
        return new Position(to, Optional.of(epoch), watermarkMillis, lastRecordMillis);
    }
}
