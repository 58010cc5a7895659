package com.qcompany.stream.compact;

import com.qcompany.stream.RowTally;
import com.qcompany.stream.RowTally.PartitionRows;
import com.qcompany.warehouse.parquet.DurableOutputFile;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.ErasedCustomers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.Type;

/**
 * Makes one file of the rows of some, and reads it: what is returned holds of both. A file that is alone stays as it is.
 * Large row groups are copied as they are, without decoding, in the order of the files, then the rows of other files
 * likewise. Files with events of erased customers are written anew. Memory is a row group being written, and one of
 * an input.
 */
record HourCopy(Configuration conf, ErasedCustomers erased) {

    private static final Table TABLE = StarSchema.KAFKA;
    private static final long MAX_ROW_GROUP_BYTES = 128L << 20;
    /** Share of the heap for the row group being written; two of an input, which may be larger, are held beside it. */
    private static final int HEAP_SHARE = 32;
    /** Mean of a file's row groups from which they are large, by either. */
    private static final long LARGE_ROWS = 100_000;

    private static final long LARGE_BYTES = 16L << 20;

    /** A file that is to be published: the new one or the only input; and its rows by Kafka partition. */
    record Copy(Path file, List<PartitionRows> partitions) {}

    /**
     * Finds or writes the file, which is on disk afterwards.
     *
     * @param target the new file, where there has to be one
     * @throws IOException if it does not hold what the inputs hold, or could not
     */
    Copy copy(List<Path> inputs, Path target) throws IOException {
        List<Path> large = new ArrayList<>();
        List<Path> small = new ArrayList<>();
        RowTally expected = new RowTally(TABLE);
        boolean isAsWritten = false;
        for (Path input : inputs) {
            ParquetMetadata footer = footer(input);
            isAsWritten = isAsWritten(footer) && !isOfErased(input);
            (isAsWritten && isLarge(footer.getBlocks()) ? large : small).add(input);
            expected.addAll(RowTally.of(footer.getFileMetaData().getKeyValueMetaData(), input, conf));
        }
        Path file = target;
        if (inputs.size() == 1 && isAsWritten) {
            file = inputs.get(0);
        } else if (large.isEmpty()) {
            copyRows(small, target);
        } else {
            if (!small.isEmpty()) {
                Path rest = target.suffix(".rest");
                copyRows(small, rest);
                large.add(rest);
            }
            copyRowGroups(large, target);
        }
        List<PartitionRows> found = RowTally.read(file, conf);
        if (!found.equals(expected.partitions())) {
            throw new IOException("Cannot publish %s: it holds %s (expected %s, as its inputs)"
                    .formatted(file, found, expected.partitions()));
        }
        return new Copy(file, found);
    }

    /** @throws IOException if the file has a column that the table has not, of a later version: it would be lost */
    private ParquetMetadata footer(Path input) throws IOException {
        try (ParquetFileReader reader = ParquetRows.open(input, conf)) {
            for (Type field : reader.getFileMetaData().getSchema().getFields()) {
                if (!TABLE.messageType().containsField(field.getName())) {
                    throw new IOException("Cannot copy %s: table %s has no column %s (closed by a later version only)"
                            .formatted(input, TABLE.name(), field.getName()));
                }
            }
            return reader.getFooter();
        } catch (RuntimeException e) { // Parquet's own, for damaged files
            throw new IOException("Cannot copy %s: %s".formatted(input, e.getMessage()), e);
        }
    }

    /** Whether a file is as consumers of this version write it. */
    private static boolean isAsWritten(ParquetMetadata footer) {
        return footer.getFileMetaData()
                        .getSchema()
                        .getFields()
                        .equals(TABLE.messageType().getFields())
                && footer.getBlocks().stream()
                        .flatMap(rowGroup -> rowGroup.getColumns().stream())
                        .allMatch(column -> column.getCodec() == CompressionCodecName.ZSTD);
    }

    private boolean isOfErased(Path input) throws IOException {
        FilterPredicate theirs = ParquetRows.anyOf("customerid", erased.ids());
        return !erased.ids().isEmpty() && ParquetRows.hasAny(TABLE.project(List.of("customerid")), input, conf, theirs);
    }

    private static boolean isLarge(List<BlockMetaData> rowGroups) {
        long rows = rowGroups.stream().mapToLong(BlockMetaData::getRowCount).sum();
        long bytes =
                rowGroups.stream().mapToLong(BlockMetaData::getTotalByteSize).sum();
        return rows >= LARGE_ROWS * rowGroups.size() || bytes >= LARGE_BYTES * rowGroups.size();
    }

    /** Writes a file of the row groups of some files, one after the other. */
    private void copyRowGroups(List<Path> inputs, Path target) throws IOException {
        try (DurableOutputFile file = new DurableOutputFile(target, conf);
                ParquetFileWriter writer = new ParquetFileWriter(
                        file, TABLE.messageType(), ParquetFileWriter.Mode.CREATE, file.defaultBlockSize(), 0)) {
            writer.start();
            for (Path input : inputs) {
                writer.appendFile(HadoopInputFile.fromPath(input, conf));
            }
            writer.end(Map.of());
        }
    }

    private void copyRows(List<Path> inputs, Path target) throws IOException {
        long rowGroupBytes = Math.min(MAX_ROW_GROUP_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
        try (DurableOutputFile file = new DurableOutputFile(target, conf);
                ParquetWriter<Row> writer =
                        ParquetRows.writer(TABLE, file, CompressionCodecName.ZSTD, rowGroupBytes, Map::of, conf)) {
            for (Path input : inputs) {
                append(input, writer);
            }
        }
    }

    private void append(Path input, ParquetWriter<Row> writer) throws IOException {
        try {
            ParquetRows.forEach(ParquetRows.reader(TABLE, input, conf), row -> {
                erased.erase(row);
                writer.write(row);
            });
        } catch (RuntimeException e) { // Parquet's own, for damaged files
            throw new IOException("Cannot copy %s: %s".formatted(input, e.getMessage()), e);
        }
    }
}
