package com.qcompany.stream.event;

import com.qcompany.warehouse.parquet.DurableOutputFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.util.AutoCloseables.ParquetCloseResourceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one file of table {@code kafka}, Parquet in ZSTD, that {@link com.qcompany.warehouse.parquet.ParquetRows} and
 * Hive read. Not thread-safe.
 *
 * <p>A file is of use only once {@link #close} has returned, and is then on disk. Where a method throws, or after
 * {@link #abandon}, the file stays without a footer, which no reader accepts; its owner deletes it.
 */
public final class EventFileWriter implements Closeable {

    /** Size that a row group is written at, and about the most that a file holds in memory. */
    static final long ROW_GROUP_BYTES = 32L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(EventFileWriter.class);

    /** Columns whose values repeat, so that a dictionary pays; in the others it only costs memory. */
    private static final List<String> REPETITIVE = List.of(
            "eventtype",
            "category",
            "source",
            "quantity",
            "paymentmethod",
            "algorithm",
            "extras.key_value.key",
            "kafka_topic",
            "kafka_partition",
            "ingested_at");

    private static final int PAGE_BYTES = 128 << 10;
    private static final int DICTIONARY_BYTES = 64 << 10;
    /** Rows after which sizes are looked at: few at first, since an event may have a megabyte. */
    private static final int ROWS_BEFORE_CHECK = 8;

    private static final int MAX_ROWS_BETWEEN_CHECKS = 2_000;

    private final DurableOutputFile output;
    private final ParquetWriter<EventRow> writer;
    private long rows;
    private boolean open = true;
    private boolean whole = true;

    private EventFileWriter(DurableOutputFile output, ParquetWriter<EventRow> writer) {
        this.output = output;
        this.writer = writer;
    }

    /**
     * Opens a new file.
     *
     * @throws IOException if it exists or cannot be made
     */
    public static EventFileWriter open(Path path, Configuration conf) throws IOException {
        DurableOutputFile output = new DurableOutputFile(path, conf);
        Builder builder = new Builder(output)
                .withConf(conf)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withWriteMode(ParquetFileWriter.Mode.CREATE)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .withMaxPaddingSize(0)
                .withPageSize(PAGE_BYTES)
                .withDictionaryPageSize(DICTIONARY_BYTES)
                .withMinRowCountForPageSizeCheck(ROWS_BEFORE_CHECK)
                .withMaxRowCountForPageSizeCheck(MAX_ROWS_BETWEEN_CHECKS)
                .withSizeStatisticsEnabled(false)
                .withDictionaryEncoding(false);
        REPETITIVE.forEach(column -> builder.withDictionaryEncoding(column, true));
        return new EventFileWriter(output, builder.build());
    }

    /** Writes a row; keeps nothing of it. */
    public void write(EventRow row) throws IOException {
        whole = false;
        writer.write(row);
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
        return Math.min(bytes(), ROW_GROUP_BYTES);
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
            try {
                output.close();
            } catch (IOException e) {
                LOG.debug("Cannot close {}, which is abandoned", output.getPath(), e);
            }
        }
    }

    private static final class Builder extends ParquetWriter.Builder<EventRow, Builder> {

        Builder(OutputFile file) {
            super(file);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<EventRow> getWriteSupport(Configuration conf) {
            return new EventWriteSupport();
        }
    }
}
