package com.qcompany.stream.compact;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;

/**
 * What footers say that files hold. Files with the same rows have equal contents, in whatever order and row groups; a
 * column that a file lacks is null in every row.
 *
 * @param rows number of rows
 * @param nulls absent values of every leaf column
 * @param keys range of every column that identifies or orders a row
 */
record Contents(long rows, Map<String, Long> nulls, Map<String, Range> keys) {

    private static final Set<String> KEYS = Set.of("timestamp", "kafka_partition", "kafka_offset");

    /** A closed range of numbers. */
    record Range(long least, long most) {

        private Range with(Range other) {
            return new Range(Math.min(least, other.least), Math.max(most, other.most));
        }
    }

    /** Contents of some files together. */
    static Contents of(List<Path> files, Configuration conf) throws IOException {
        Contents sum = new Contents(0, Map.of(), Map.of());
        for (Path file : files) {
            sum = sum.with(of(HadoopInputFile.fromPath(file, conf)));
        }
        return sum;
    }

    /** Contents of a file. */
    static Contents of(InputFile file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(file)) {
            return of(reader.getFooter());
        }
    }

    private static Contents of(ParquetMetadata footer) {
        Contents sum = new Contents(0, Map.of(), Map.of());
        for (BlockMetaData rowGroup : footer.getBlocks()) {
            Map<String, Long> nulls = new TreeMap<>();
            Map<String, Range> keys = new TreeMap<>();
            for (ColumnDescriptor column : RowBlock.SCHEMA.getColumns()) {
                if (!footer.getFileMetaData().getSchema().containsPath(column.getPath())) {
                    nulls.put(String.join(".", column.getPath()), rowGroup.getRowCount());
                }
            }
            for (ColumnChunkMetaData column : rowGroup.getColumns()) {
                Statistics<?> statistics = column.getStatistics();
                String name = column.getPath().toDotString();
                if (statistics.isNumNullsSet() && statistics.getNumNulls() > 0) {
                    nulls.put(name, statistics.getNumNulls());
                }
                if (KEYS.contains(name) && statistics.hasNonNullValue()) {
                    keys.put(name, range(statistics));
                }
            }
            sum = sum.with(new Contents(rowGroup.getRowCount(), nulls, keys));
        }
        return sum;
    }

    private static Range range(Statistics<?> statistics) {
        return new Range(
                ((Number) statistics.genericGetMin()).longValue(), ((Number) statistics.genericGetMax()).longValue());
    }

    private Contents with(Contents other) {
        Map<String, Long> sumOfNulls = new TreeMap<>(nulls);
        other.nulls.forEach((column, count) -> sumOfNulls.merge(column, count, Long::sum));
        Map<String, Range> unionOfKeys = new TreeMap<>(keys);
        other.keys.forEach((column, range) -> unionOfKeys.merge(column, range, Range::with));
        return new Contents(rows + other.rows, sumOfNulls, unionOfKeys);
    }

    /** Stops where another file does not hold the same. */
    void requireSame(Contents other, String what) throws IOException {
        if (!equals(other)) {
            throw new IOException(
                    "Cannot publish %s: it holds %s (expected %s, as its inputs)".formatted(what, other, this));
        }
    }
}
