package com.qcompany.stream.compact;

import com.qcompany.warehouse.parquet.DurableOutputFile;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.Type;

/**
 * Copies row groups as they are, which decodes nothing: for inputs of many events, whose row groups are large enough to
 * stay as they are.
 */
final class RowGroupCopy {

    /** Mean of a file's row groups from which they are large, by either. */
    private static final long LARGE_ROWS = 100_000;

    private static final long LARGE_BYTES = 16L << 20;

    private final Table table;
    private final Configuration conf;

    RowGroupCopy(Table table, Configuration conf) {
        this.table = table;
        this.conf = conf;
    }

    /**
     * Whether a file's row groups can stay as they are.
     *
     * @throws IOException if it has a column that the table has not, of a later version of this program: it would be lost
     */
    boolean isFor(Path input) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(
                HadoopInputFile.fromPath(input, conf),
                ParquetReadOptions.builder().build())) {
            List<Type> fields = reader.getFileMetaData().getSchema().getFields();
            for (Type field : fields) {
                if (!table.messageType().containsField(field.getName())) {
                    throw new IOException("Cannot copy %s: table %s has no column %s (closed by a later version only)"
                            .formatted(input, table.name(), field.getName()));
                }
            }
            return fields.equals(table.messageType().getFields()) && isLarge(reader.getFooter());
        } catch (RuntimeException e) { // Parquet's own, for damaged files
            throw new IOException("Cannot copy %s: %s".formatted(input, e.getMessage()), e);
        }
    }

    /** Writes a file of the row groups of some files, one after the other. */
    void copy(List<Path> inputs, Path target) throws IOException {
        try (DurableOutputFile file = new DurableOutputFile(target, conf);
                ParquetFileWriter writer = new ParquetFileWriter(
                        file, table.messageType(), ParquetFileWriter.Mode.CREATE, file.defaultBlockSize(), 0)) {
            writer.start();
            for (Path input : inputs) {
                writer.appendFile(HadoopInputFile.fromPath(input, conf));
            }
            writer.end(Map.of());
        }
    }

    private static boolean isLarge(ParquetMetadata footer) {
        List<BlockMetaData> rowGroups = footer.getBlocks();
        long rows = rowGroups.stream().mapToLong(BlockMetaData::getRowCount).sum();
        long bytes =
                rowGroups.stream().mapToLong(BlockMetaData::getTotalByteSize).sum();
        return rowGroups.stream()
                        .flatMap(rowGroup -> rowGroup.getColumns().stream())
                        .allMatch(column -> column.getCodec() == CompressionCodecName.ZSTD)
                && (rows >= LARGE_ROWS * rowGroups.size() || bytes >= LARGE_BYTES * rowGroups.size());
    }
}
