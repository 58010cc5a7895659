package com.qcompany.stream.compact;

import com.qcompany.stream.event.ZstdPages;
import com.qcompany.warehouse.parquet.DurableOutputFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * A file of table kafka in ZSTD that is written from row blocks, with statistics and page index, its columns side by
 * side. Nothing of it is valid before {@link #finish}. Memory: one row group.
 */
final class SortedFile implements RowOutput, Closeable {

    private static final ParquetProperties PROPERTIES =
            ParquetProperties.builder().build();

    private final ParquetFileWriter file;
    private final List<ValueDictionary> dictionaries;
    private final ColumnWorkers workers;
    private final ZstdPages compressor = new ZstdPages();
    private final long rowGroupBytes;
    private ColumnChunkPageWriteStore pages;
    private List<ChunkWriter> columns;
    private long rowsInGroup;
    private long rows;

    /**
     * Makes a file.
     *
     * @param rowGroupBytes most a row group holds
     * @param dictionaries those of the blocks to come
     */
    SortedFile(
            Path path,
            long rowGroupBytes,
            List<ValueDictionary> dictionaries,
            ColumnWorkers workers,
            Configuration conf)
            throws IOException {
        this.rowGroupBytes = rowGroupBytes;
        this.dictionaries = dictionaries;
        this.workers = workers;
        this.file = new ParquetFileWriter(
                new DurableOutputFile(path, conf),
                RowBlock.SCHEMA,
                ParquetFileWriter.Mode.CREATE,
                rowGroupBytes,
                ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
                null,
                PROPERTIES);
        this.pages = newPages();
        this.columns = newColumns();
        file.start();
    }

    @Override
    public void write(RowOrder order) throws IOException {
        workers.forEachColumn(column -> columns.get(column).write(order, column));
        rowsInGroup += order.rows();
        if (columns.stream().mapToLong(ChunkWriter::bytes).sum() >= rowGroupBytes) {
            endRowGroup();
            pages = newPages();
            columns = newColumns();
        }
    }

    /** Writes the footer and syncs the file; returns its rows. */
    long finish() throws IOException {
        endRowGroup();
        file.end(Map.of());
        return rows;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private ColumnChunkPageWriteStore newPages() {
        return new ColumnChunkPageWriteStore(
                compressor,
                RowBlock.SCHEMA,
                HeapByteBufferAllocator.getInstance(),
                PROPERTIES.getColumnIndexTruncateLength());
    }

    private List<ChunkWriter> newColumns() {
        List<ChunkWriter> writers = new ArrayList<>();
        for (ColumnDescriptor column : RowBlock.COLUMNS) {
            writers.add(
                    new ChunkWriter(column, dictionaries.get(writers.size()), pages.getPageWriter(column), PROPERTIES));
        }
        return writers;
    }

    private void endRowGroup() throws IOException {
        if (rowsInGroup > 0) {
            workers.forEachColumn(column -> columns.get(column).finish());
            file.startBlock(rowsInGroup);
            pages.flushToFileWriter(file);
            file.endBlock();
            rows += rowsInGroup;
            rowsInGroup = 0;
        }
        pages.close();
    }
}
