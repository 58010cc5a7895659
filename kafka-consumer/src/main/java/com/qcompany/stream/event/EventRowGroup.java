package com.qcompany.stream.event;

import java.io.IOException;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.impl.ColumnWriteStoreV1;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;

/** A row group in memory: the pages that are full, compressed, and one open page a column. */
final class EventRowGroup {

    private final ColumnChunkPageWriteStore pages;
    private final ColumnWriteStore columns;
    private final EventColumnWriters writers;
    private long rows;

    EventRowGroup(ParquetProperties properties, ZstdPages compressor) {
        this.pages = new ColumnChunkPageWriteStore(
                compressor,
                EventEncoding.SCHEMA,
                new HeapByteBufferAllocator(),
                properties.getColumnIndexTruncateLength(),
                properties.getPageWriteChecksumEnabled());
        this.columns = new ColumnWriteStoreV1(EventEncoding.SCHEMA, pages, properties);
        this.writers = new EventColumnWriters(columns);
    }

    void write(EventRow row) {
        writers.write(row);
        rows++;
    }

    /** Bytes it holds. */
    long bufferedBytes() {
        return columns.getBufferedSize();
    }

    /** Appends it to the file, unless it is empty, and frees its memory. */
    void flushTo(ParquetFileWriter file) throws IOException {
        if (rows > 0) {
            file.startBlock(rows);
            columns.flush();
            pages.flushToFileWriter(file);
            file.endBlock();
        }
        columns.close();
        pages.close();
    }
}
