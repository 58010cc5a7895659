package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.event.RejectedEvents;
import com.qcompany.stream.event.Rejection;
import com.qcompany.warehouse.parquet.DurableOutputFile;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.util.AutoCloseables.ParquetCloseResourceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rejected events as files of table rejected_events, by the hour of their record; one is open at a time. */
final class RejectedTable implements Rejects {

    private static final Logger LOG = LoggerFactory.getLogger(RejectedTable.class);
    private static final long ROW_GROUP_BYTES = 4 << 20;

    private final StagedNames names;
    private final String epoch;
    private final Configuration conf;
    private final List<StagedFile> closed = new ArrayList<>();
    private @Nullable OpenFile open;

    RejectedTable(StagedNames names, String epoch, Configuration conf) {
        this.names = names;
        this.epoch = epoch;
        this.conf = conf;
    }

    @Override
    public void add(ConsumerRecord<byte[], byte[]> record, Rejection rejection) throws IOException {
        OpenFile file = fileOf(List.of(RejectedEvents.hour(record)));
        file.writer.write(RejectedEvents.row(record, rejection, epoch));
        file.rows++;
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public List<StagedFile> close() throws IOException {
        if (open != null) {
            close(open);
        }
        return List.copyOf(closed);
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> deadLetters() {
        return List.of();
    }

    @Override
    public void abandon() {
        try {
            if (open != null) {
                open.complete();
            }
        } catch (IOException e) {
            LOG.debug("Cannot close a file of an abandoned epoch", e);
        }
        open = null;
    }

    private OpenFile fileOf(List<String> partition) throws IOException {
        OpenFile current = open;
        if (current != null && !current.partition.equals(partition)) {
            close(current);
            current = null;
        }
        if (current == null) {
            StagedNames.Name name = names.nextRejected(partition);
            current = new OpenFile(
                    partition,
                    name,
                    ParquetRows.writer(
                            StarSchema.REJECTED_EVENTS,
                            new DurableOutputFile(name.path(), conf),
                            CompressionCodecName.SNAPPY,
                            ROW_GROUP_BYTES,
                            conf));
            open = current;
        }
        return current;
    }

    private void close(OpenFile file) throws IOException {
        file.complete();
        open = null;
        Path path = file.name.path();
        long bytes = path.getFileSystem(conf).getFileStatus(path).getLen();
        closed.add(file.name.staged(file.rows, bytes));
    }

    private static final class OpenFile {

        private final List<String> partition;
        private final StagedNames.Name name;
        private final ParquetWriter<Row> writer;
        private long rows;

        OpenFile(List<String> partition, StagedNames.Name name, ParquetWriter<Row> writer) {
            this.partition = partition;
            this.name = name;
            this.writer = writer;
        }

        /** Parquet tells of streams that cannot be closed by an exception that is none of input and output. */
        void complete() throws IOException {
            try {
                writer.close();
            } catch (ParquetCloseResourceException e) {
                throw new IOException("Cannot complete %s".formatted(name.path()), e);
            }
        }
    }
}
