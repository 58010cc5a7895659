package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.Table;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;

/**
 * Makes a file of a table out of row groups of others, copied byte for byte. Its footer says that rows are in order within
 * a row group only ({@link #ORDER}). Closed without {@link #finish} it leaves what no reader takes for a file. Not
 * thread-safe.
 */
public final class RowGroupWriter implements Closeable {

    /** Key in the footer of a file whose rows are not in order throughout. */
    static final String ORDER = "q.order";

    /** Its value. */
    static final String WITHIN_ROW_GROUPS = "within row groups";

    private final Table table;
    private final ParquetFileWriter out;

    /** @throws IOException if the file exists or cannot be made */
    public RowGroupWriter(Table table, Path file, Configuration conf) throws IOException {
        this.table = table;
        this.out = new ParquetFileWriter(
                new BufferedOutputFile(HadoopOutputFile.fromPath(file, conf)),
                table.messageType(),
                ParquetFileWriter.Mode.CREATE,
                ParquetRows.ROW_GROUP_BYTES,
                ParquetWriter.MAX_PADDING_SIZE_DEFAULT);
        out.start();
    }

    /**
     * Appends a row group.
     *
     * @throws IllegalArgumentException if the file's columns are not those of the table
     */
    public void append(RowGroupFile file, int group) throws IOException {
        if (!file.hasDeclaredSchema()) {
            throw new IllegalArgumentException(
                    "Cannot copy row groups of %s: its columns are not those of %s (read its rows)"
                            .formatted(file, table.name()));
        }
        file.copyTo(out, group);
    }

    /** Ends the file. */
    public void finish() throws IOException {
        out.end(Map.of(ParquetWriter.OBJECT_MODEL_NAME_PROP, RowWriteSupport.NAME, ORDER, WITHIN_ROW_GROUPS));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
