package com.qcompany.stream.event;

import com.qcompany.stream.RowTally;
import com.qcompany.warehouse.parquet.DurableOutputFile;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.util.AutoCloseables.ParquetCloseResourceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one file of table {@code kafka} or {@code rejected_events} that {@link ParquetRows} and Hive read. Not
 * thread-safe.
 *
 * <p>A file is of use only once {@link #close} has returned, and is then on disk. Where a method throws, or after
 * {@link #abandon}, the file stays without a footer, which no reader accepts; its owner deletes it.
 */
public final class EventFileWriter implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(EventFileWriter.class);
    private static final long REJECTED_ROW_GROUP_BYTES = 4 << 20;

    private final DurableOutputFile output;
    private final ParquetWriter<Row> writer;
    private final Consumer<Row> tally;
    private long rows;
    private boolean open = true;
    private boolean whole = true;

    private EventFileWriter(DurableOutputFile output, ParquetWriter<Row> writer, Consumer<Row> tally) {
        this.output = output;
        this.writer = writer;
        this.tally = tally;
    }

    /**
     * Opens a new file of table {@code kafka}, whose footer has the {@link RowTally} of its rows.
     *
     * @throws IOException if it exists or cannot be made
     */
    public static EventFileWriter open(Path path, Configuration conf) throws IOException {
        DurableOutputFile output = new DurableOutputFile(path, conf);
        RowTally tally = new RowTally(StarSchema.KAFKA);
        ParquetWriter<Row> writer = ParquetRows.writer(
                StarSchema.KAFKA, output, CompressionCodecName.ZSTD, ParquetRows.ROW_GROUP_BYTES, tally::footer, conf);
        return new EventFileWriter(output, writer, tally::add);
    }

    /**
     * Opens a new file of table {@code rejected_events}, with little in memory.
     *
     * @throws IOException if it exists or cannot be made
     */
    public static EventFileWriter openRejected(Path path, Configuration conf) throws IOException {
        DurableOutputFile output = new DurableOutputFile(path, conf);
        ParquetWriter<Row> writer = ParquetRows.writer(
                StarSchema.REJECTED_EVENTS,
                output,
                CompressionCodecName.SNAPPY,
                REJECTED_ROW_GROUP_BYTES,
                Map::of,
                conf);
        return new EventFileWriter(output, writer, row -> {});
    }

    /** Writes a row of the file's table; keeps nothing of it. */
    public void write(Row row) throws IOException {
        whole = false;
        writer.write(row);
        tally.accept(row);
        whole = true;
        rows++;
    }

    /** Rows written. */
    public long rows() {
        return rows;
    }

    /** Bytes in the file and in memory; the file becomes somewhat smaller. */
    public long bytes() {
        return writer.getDataSize();
    }

    /** Bytes in memory at most. */
    public long bufferedBytes() {
        return Math.min(bytes(), ParquetRows.ROW_GROUP_BYTES);
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
                throw new IOException("Cannot complete %s: a row could not be written".formatted(output.getPath()));
            }
            writer.close();
        } catch (ParquetCloseResourceException e) { // is no IOException
            throw new IOException("Cannot complete %s: %s".formatted(output.getPath(), e.getMessage()), e);
        }
    }

    /** Frees everything without completing the file; whatever that meets is of no consequence. */
    public void abandon() {
        if (open) {
            open = false;
            IOUtils.cleanupWithLogger(LOG, output);
        }
    }
}
