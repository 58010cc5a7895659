package com.qcompany.stream.compact;

import com.qcompany.stream.HourSummary.PartitionRows;
import com.qcompany.warehouse.parquet.DurableOutputFile;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Copies the rows of some files into one new file, and reads both: what is returned holds of both. Large row groups are
 * copied as they are, in the order of the files, then the rows of other files likewise. Memory is a row group being written,
 * and one of an input.
 */
final class HourCopy {

    private static final Table TABLE = StarSchema.KAFKA;
    private static final long MAX_ROW_GROUP_BYTES = 128L << 20;
    /** Share of the heap for the row group being written; two of an input, which may be larger, are held beside it. */
    private static final int HEAP_SHARE = 32;

    private final Configuration conf;
    private final LeaseCheck lease;
    private final RowGroupCopy rowGroups;
    private final long rowGroupBytes;

    /** @param lease asked before each input, for a copy may outlast it */
    HourCopy(Configuration conf, LeaseCheck lease) {
        this.conf = conf;
        this.lease = lease;
        this.rowGroups = new RowGroupCopy(TABLE, conf);
        this.rowGroupBytes = Math.min(MAX_ROW_GROUP_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    /**
     * Writes the new file, which is on disk afterwards.
     *
     * @return its rows by Kafka partition
     * @throws IOException if it does not hold what the inputs hold, or could not
     */
    List<PartitionRows> copy(List<Path> inputs, Path target) throws IOException {
        List<Path> large = new ArrayList<>();
        List<Path> small = new ArrayList<>();
        for (Path input : inputs) {
            (rowGroups.isFor(input) ? large : small).add(input);
        }
        List<PartitionRows> expected = count(inputs);
        if (large.isEmpty()) {
            copyRows(small, target);
        } else {
            if (!small.isEmpty()) {
                Path rest = target.suffix(".rest");
                copyRows(small, rest);
                large.add(rest);
            }
            rowGroups.copy(large, target);
        }
        List<PartitionRows> found = count(List.of(target));
        if (!found.equals(expected)) {
            throw new IOException(
                    "Cannot publish %s: it holds %s (expected %s, as its inputs)".formatted(target, found, expected));
        }
        return found;
    }

    private List<PartitionRows> count(List<Path> files) throws IOException {
        RowTally tally = new RowTally();
        for (Path file : files) {
            lease.verify();
            tally.addAll(file, conf);
        }
        return tally.partitions();
    }

    private void copyRows(List<Path> inputs, Path target) throws IOException {
        try (DurableOutputFile file = new DurableOutputFile(target, conf);
                ParquetWriter<Row> writer =
                        ParquetRows.writer(TABLE, file, CompressionCodecName.ZSTD, rowGroupBytes, conf)) {
            for (Path input : inputs) {
                lease.verify();
                append(input, writer);
            }
        }
    }

    private void append(Path input, ParquetWriter<Row> writer) throws IOException {
        try (ParquetReader<Row> reader = ParquetRows.reader(TABLE, input, conf)) {
            for (Row row = reader.read(); row != null; row = reader.read()) {
                writer.write(row);
            }
        } catch (RuntimeException e) { // Parquet's own, for damaged files
            throw new IOException("Cannot copy %s: %s".formatted(input, e.getMessage()), e);
        }
    }
}
