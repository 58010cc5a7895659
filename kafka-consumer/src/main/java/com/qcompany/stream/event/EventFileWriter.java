package com.qcompany.stream.event;

import com.qcompany.warehouse.parquet.DurableOutputFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one file of table {@code kafka}, Parquet in ZSTD, that {@link com.qcompany.warehouse.parquet.ParquetRows} and Hive
 * read. Not thread-safe.
 *
 * <p>A file is of use only once {@link #close} has returned, and is then on disk. Where a method throws, or after
 * {@link #abandon}, the file stays without a footer, which no reader accepts; its owner deletes it.
 */
public final class EventFileWriter implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(EventFileWriter.class);
    private static final long CHECK_AFTER_BYTES = 1 << 20;

    private final ParquetProperties properties = EventEncoding.properties();
    private final ZstdPages compressor = new ZstdPages();
    private final DurableOutputFile output;
    private final ParquetFileWriter file;
    private EventRowGroup group;
    private long rows;
    private long unchecked;
    private boolean open = true;
    private boolean whole = true;

    private EventFileWriter(DurableOutputFile output, ParquetFileWriter file) {
        this.output = output;
        this.file = file;
        this.group = new EventRowGroup(properties, compressor);
    }

    /**
     * Opens a new file.
     *
     * @throws IOException if it exists or cannot be made
     */
    public static EventFileWriter open(Path path, Configuration conf) throws IOException {
        DurableOutputFile output = new DurableOutputFile(path, conf);
        ParquetFileWriter file = new ParquetFileWriter(
                output, EventEncoding.SCHEMA, ParquetFileWriter.Mode.CREATE, EventEncoding.ROW_GROUP_BYTES, 0);
        file.start();
        return new EventFileWriter(output, file);
    }

    /** Writes a row; keeps nothing of it. */
    public void write(EventRow row) throws IOException {
        group.write(row);
        rows++;
        unchecked += row.receivedBytes();
        if (unchecked >= CHECK_AFTER_BYTES) {
            unchecked = 0;
            if (group.bufferedBytes() >= EventEncoding.ROW_GROUP_BYTES) {
                flushGroup();
                group = new EventRowGroup(properties, compressor);
            }
        }
    }

    /** Rows written. */
    public long rows() {
        return rows;
    }

    /** Bytes in the file and in memory; the file becomes somewhat smaller. */
    public long bytes() throws IOException {
        return file.getPos() + bufferedBytes();
    }

    /** Bytes in memory. */
    public long bufferedBytes() {
        return group.bufferedBytes();
    }

    /**
     * Writes what is in memory and the footer, and brings the file to disk. Closing again does nothing.
     *
     * @throws IOException if the file is not whole, be it that an earlier write failed
     */
    @Override
    public void close() throws IOException {
        if (!open) {
            return;
        }
        open = false;
        try (output) {
            if (!whole) {
                throw new IOException(
                        "Cannot complete %s: a row group could not be written".formatted(output.getPath()));
            }
            flushGroup();
            file.end(Map.of());
        }
    }

    /** Frees everything without completing the file; whatever that meets is of no consequence. */
    public void abandon() {
        if (open) {
            open = false;
            try (output) {
                file.abort();
            } catch (IOException e) {
                LOG.debug("Cannot close {}, which is abandoned", output.getPath(), e);
            }
        }
    }

    private void flushGroup() throws IOException {
        whole = false;
        group.flushTo(file);
        whole = true;
    }
}
