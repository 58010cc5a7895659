package com.qcompany.stream.compact;

import com.qcompany.warehouse.DurableOutputFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * A file of table kafka that is written from row blocks, with statistics and page index. Nothing of it is valid before
 * {@link #finish}. Memory: one row group.
 */
final class SortedFile implements Closeable {

    private static final ParquetProperties PROPERTIES = ParquetProperties.builder()
            .withDictionaryEncoding("kafka_offset", false)
            .build();
    private static final List<ColumnDescriptor> COLUMNS = RowBlock.SCHEMA.getColumns();

    private final ParquetFileWriter file;
    private final CodecFactory codecs;
    private final CompressionCodecName codec;
    private final long rowGroupBytes;
    private ColumnChunkPageWriteStore pages;
    private ColumnWriteStore columns;
    private long rowsInGroup;
    private long rows;

    /** @param rowGroupBytes most a row group holds */
    SortedFile(Path path, CompressionCodecName codec, long rowGroupBytes, Configuration conf) throws IOException {
        this.codec = codec;
        this.rowGroupBytes = rowGroupBytes;
        this.codecs = new CodecFactory(conf, PROPERTIES.getPageSizeThreshold());
        this.file = new ParquetFileWriter(
                new DurableOutputFile(path, conf),
                RowBlock.SCHEMA,
                ParquetFileWriter.Mode.CREATE,
                rowGroupBytes,
                ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
                null,
                PROPERTIES);
        this.pages = newPages();
        this.columns = PROPERTIES.newColumnWriteStore(RowBlock.SCHEMA, pages);
        file.start();
    }

    /** Adds rows: {@code order} says which, from which blocks. */
    void write(RowOrder order) throws IOException {
        for (int i = 0; i < COLUMNS.size(); i++) {
            ColumnWriter writer = columns.getColumnWriter(COLUMNS.get(i));
            for (int row = 0; row < order.size(); row++) {
                order.block(row).write(order.row(row), i, writer);
            }
        }
        for (int row = 0; row < order.size(); row++) {
            columns.endRecord();
        }
        rowsInGroup += order.size();
        if (columns.getBufferedSize() >= rowGroupBytes) {
            endRowGroup();
            pages = newPages();
            columns = PROPERTIES.newColumnWriteStore(RowBlock.SCHEMA, pages);
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
        codecs.release();
        file.close();
    }

    private ColumnChunkPageWriteStore newPages() {
        return new ColumnChunkPageWriteStore(
                codecs.getCompressor(codec),
                RowBlock.SCHEMA,
                HeapByteBufferAllocator.getInstance(),
                PROPERTIES.getColumnIndexTruncateLength());
    }

    private void endRowGroup() throws IOException {
        if (rowsInGroup > 0) {
            file.startBlock(rowsInGroup);
            columns.flush();
            pages.flushToFileWriter(file);
            file.endBlock();
            rows += rowsInGroup;
            rowsInGroup = 0;
        }
        columns.close();
        pages.close();
    }
}
