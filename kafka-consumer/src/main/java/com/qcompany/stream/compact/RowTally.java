package com.qcompany.stream.compact;

import com.qcompany.stream.HourSummary.PartitionRows;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows by Kafka partition, with their range of offsets and a digest of their values. Two tallies of the same rows
 * are equal, whatever the order. Made from values that were read, never from statistics, which a file need not have.
 */
final class RowTally {

    private static final List<String> DIGESTED = List.of("timestamp", "quantity", "totalamount");
    /** The columns that are looked at. */
    private static final Table COLUMNS = StarSchema.KAFKA.project(
            List.of("kafka_topic", "kafka_partition", "kafka_offset", "timestamp", "quantity", "totalamount"));

    private final SortedMap<TopicPartition, PartitionRows> counts =
            new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));

    /** Counts the rows of a file. */
    void addAll(Path file, Configuration conf) throws IOException {
        try {
            ParquetRows.forEach(ParquetRows.reader(COLUMNS, file, conf), this::add);
        } catch (RuntimeException e) { // Parquet's own, for damaged files
            throw new IOException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** What was counted, in the order of topic and partition. */
    List<PartitionRows> partitions() {
        return List.copyOf(counts.values());
    }

    private void add(Row row) {
        String topic = row.text("kafka_topic");
        int partition = row.require("kafka_partition", Integer.class);
        long offset = row.require("kafka_offset", Long.class);
        long digest = mix(offset);
        for (String column : DIGESTED) {
            digest = mix(digest + numberOf(row.get(column)));
        }
        counts.merge(
                new TopicPartition(topic, partition),
                new PartitionRows(topic, partition, 1, offset, offset, digest),
                RowTally::sum);
    }

    private static PartitionRows sum(PartitionRows one, PartitionRows other) {
        return new PartitionRows(
                one.topic(),
                one.partition(),
                one.rows() + other.rows(),
                Math.min(one.firstOffset(), other.firstOffset()),
                Math.max(one.lastOffset(), other.lastOffset()),
                one.digest() + other.digest());
    }

    private static long numberOf(@Nullable Object value) {
        return value instanceof LocalDateTime time
                ? time.toEpochSecond(ZoneOffset.UTC) * 1_000_000_000 + time.getNano()
                : value == null ? 1 : value.hashCode();
    }

    /** The finalizer of SplitMix64: each bit of the result depends on each bit of the value. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
