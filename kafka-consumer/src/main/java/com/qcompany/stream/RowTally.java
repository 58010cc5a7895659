package com.qcompany.stream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.ParallelTasks;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.common.TopicPartition;
import org.apache.parquet.hadoop.ParquetReader;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows by Kafka partition, with their range of offsets and a digest of their values. Two tallies of the same rows
 * are equal, whatever the order. Made from values that were written or read, never from statistics, which a file need
 * not have. A file that a consumer writes has its own in its footer.
 */
public final class RowTally {

    private static final String FOOTER_KEY = "q.rows";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> DIGESTED = List.of("timestamp", "quantity", "totalamount");
    /** The columns that are looked at. */
    private static final Table COLUMNS = StarSchema.KAFKA.project(
            List.of("kafka_topic", "kafka_partition", "kafka_offset", "timestamp", "quantity", "totalamount"));

    private final int topic;
    private final int partition;
    private final int offset;
    private final int[] digested;
    private final Map<TopicPartition, Count> counts = new HashMap<>();
    /** The count of the row before, mostly that of the next too, and the topic as the row has it. */
    private Count last = new Count(new TopicPartition("", -1));

    private @Nullable Object lastTopic;

    /** Of rows of table kafka, or of a part of its columns. */
    public RowTally(Table table) {
        this.topic = table.indexOf("kafka_topic");
        this.partition = table.indexOf("kafka_partition");
        this.offset = table.indexOf("kafka_offset");
        this.digested = DIGESTED.stream().mapToInt(table::indexOf).toArray();
    }

    /**
     * Rows of one Kafka partition.
     *
     * @param rows how many
     * @param firstOffset least offset
     * @param lastOffset greatest offset
     * @param digest sum over the rows of a hash of offset, time, quantity and amount, the same in whatever order
     */
    public record PartitionRows(
            String topic, int partition, long rows, long firstOffset, long lastOffset, long digest) {

        @Override
        public String toString() {
            return "%d rows of %s-%d from offset %d to %d, digest %016x"
                    .formatted(rows, topic, partition, firstOffset, lastOffset, digest);
        }
    }

    /** Rows of one partition so far. */
    private static final class Count {
        private final TopicPartition partition;
        private long rows;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private long digest;

        Count(TopicPartition partition) {
            this.partition = partition;
        }

        void add(long count, long from, long to, long sum) {
            rows += count;
            first = Math.min(first, from);
            last = Math.max(last, to);
            digest += sum;
        }
    }

    /** Counts a row. */
    public void add(Row row) {
        long number = numberOf(row.stored(offset));
        long digest = mix(number);
        for (int column : digested) {
            digest = mix(digest + numberOf(row.stored(column)));
        }
        int ofPartition = (int) numberOf(row.stored(partition));
        if (last.partition.partition() != ofPartition || !Objects.equals(lastTopic, row.stored(topic))) {
            last = of(row.text("kafka_topic"), ofPartition);
            lastTopic = row.stored(topic);
        }
        last.add(1, number, number, digest);
    }

    /** Counts what another tally has counted. */
    public void addAll(Collection<PartitionRows> partitions) {
        partitions.forEach(part -> of(part.topic(), part.partition())
                .add(part.rows(), part.firstOffset(), part.lastOffset(), part.digest()));
    }

    /** What was counted, in the order of topic and partition. */
    public List<PartitionRows> partitions() {
        return counts.values().stream()
                .map(count -> new PartitionRows(
                        count.partition.topic(),
                        count.partition.partition(),
                        count.rows,
                        count.first,
                        count.last,
                        count.digest))
                .sorted(Comparator.comparing(PartitionRows::topic).thenComparing(PartitionRows::partition))
                .toList();
    }

    /** What the footer of a file of the rows says. */
    public Map<String, String> footer() {
        return Map.of(FOOTER_KEY, JSON.valueToTree(partitions()).toString());
    }

    /** What a file holds by the texts of its footer; by its rows where those do not say it. */
    public static List<PartitionRows> of(Map<String, String> footer, Path file, Configuration conf) throws IOException {
        String text = footer.get(FOOTER_KEY);
        return text == null ? read(file, conf) : List.of(JSON.readValue(text, PartitionRows[].class));
    }

    /** What a file holds, by its rows: those of its first half are read beside those of the other. */
    public static List<PartitionRows> read(Path file, Configuration conf) throws IOException {
        long half = file.getFileSystem(conf).getFileStatus(file).getLen() / 2;
        List<RowTally> halves = List.of(new RowTally(COLUMNS), new RowTally(COLUMNS));
        try {
            new ParallelTasks(2).forEach(List.of(0, 1), i -> {
                ParquetReader<Row> rows = ParquetRows.reader(COLUMNS, file, conf, i * half, (i + 1) * half);
                ParquetRows.forEach(rows, halves.get(i)::add);
            });
        } catch (RuntimeException e) { // Parquet's own, for damaged files
            throw new IOException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
        halves.get(0).addAll(halves.get(1).partitions());
        return halves.get(0).partitions();
    }

    private Count of(String ofTopic, int ofPartition) {
        return counts.computeIfAbsent(new TopicPartition(ofTopic, ofPartition), Count::new);
    }

    private static long numberOf(@Nullable Object stored) {
        return stored instanceof Long number ? number : Objects.hashCode(stored);
    }

    /** The finalizer of SplitMix64: each bit of the result depends on each bit of the value. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
