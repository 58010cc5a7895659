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
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;
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

    private final int topic;
    private final int partition;
    private final int offset;
    private final int[] digested;
    private final TreeMap<Key, Count> counts =
            new TreeMap<>(Comparator.comparing(Key::topic).thenComparing(Key::partition));

    RowTally() {
        this.topic = COLUMNS.indexOf("kafka_topic");
        this.partition = COLUMNS.indexOf("kafka_partition");
        this.offset = COLUMNS.indexOf("kafka_offset");
        this.digested = DIGESTED.stream().mapToInt(COLUMNS::indexOf).toArray();
    }

    private record Key(String topic, int partition) {}

    private static final class Count {
        private long rows;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private long digest;
    }

    /** Counts the rows of a file. */
    void addAll(Path file, Configuration conf) throws IOException {
        try (ParquetReader<Row> reader = ParquetRows.reader(COLUMNS, file, conf)) {
            for (Row row = reader.read(); row != null; row = reader.read()) {
                add(row);
            }
        } catch (RuntimeException e) { // Parquet's own, for damaged files
            throw new IOException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private void add(Row row) {
        Count count = counts.computeIfAbsent(
                new Key((String) value(row, topic), (int) value(row, partition)), key -> new Count());
        long number = (long) value(row, offset);
        count.rows++;
        count.first = Math.min(count.first, number);
        count.last = Math.max(count.last, number);
        long hash = mix(number);
        for (int column : digested) {
            hash = mix(hash + numberOf(row.get(column)));
        }
        count.digest += hash;
    }

    /** What was counted, in the order of topic and partition. */
    List<PartitionRows> partitions() {
        return counts.entrySet().stream()
                .map(entry -> new PartitionRows(
                        entry.getKey().topic(),
                        entry.getKey().partition(),
                        entry.getValue().rows,
                        entry.getValue().first,
                        entry.getValue().last,
                        entry.getValue().digest))
                .toList();
    }

    private static Object value(Row row, int column) {
        Object value = row.get(column);
        if (value == null) {
            throw new IllegalArgumentException("Cannot count row %s: its %s is absent"
                    .formatted(row, row.table().columns().get(column).name()));
        }
        return value;
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
