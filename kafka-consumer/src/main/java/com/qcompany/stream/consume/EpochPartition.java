package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.Position;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** What an epoch has of one partition so far. */
final class EpochPartition {

    private final TopicPartition partition;
    private final Position begin;
    private long watermarkMillis;
    private long lastRecordMillis;
    private long lastRowMillis;
    private long published;
    private long rejected;
    private long tombstones;

    /** Begins where the last commit ended. */
    EpochPartition(TopicPartition partition, Position begin) {
        this.partition = partition;
        this.begin = begin;
        this.watermarkMillis = begin.watermarkMillis();
        this.lastRecordMillis = begin.lastRecordMillis();
        this.lastRowMillis = begin.lastRowMillis();
    }

    /** Notes the time of a record, before what it became. */
    void record(long millis) {
        lastRecordMillis = Math.max(lastRecordMillis, millis);
    }

    /** @param time event time that the partition has come to by the row */
    void row(long time, long recordMillis) {
        published++;
        watermarkMillis = Math.max(watermarkMillis, time);
        lastRowMillis = Math.max(lastRowMillis, recordMillis);
    }

    void rejected() {
        rejected++;
    }

    void tombstone() {
        tombstones++;
    }

    long watermarkMillis() {
        return watermarkMillis;
    }

    /** The account of what was taken up to a position; offsets without a record are absent. */
    OffsetRange range(long to) {
        long from = begin.next();
        long absent = to - from - published - rejected - tombstones;
        return new OffsetRange(
                partition.topic(), partition.partition(), from, to, published, rejected, tombstones, absent);
    }

    /** The position to commit. */
    Position position(long to, String epoch) {
        return new Position(to, Optional.of(epoch), watermarkMillis, lastRecordMillis, lastRowMillis, begin.origin());
    }
}
