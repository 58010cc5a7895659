package com.qcompany.stream.replay;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.kafka.KafkaClients;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.parquet.hadoop.ParquetReader;

/**
 * Sends rejected events of table rejected_rows again, a file in one transaction.
 *
 * <p>What was sent is known twice: by an offset that the transaction itself commits to a group named for the file, and
 * from then on by an empty file {@code stream/replayed/NAME}, because Kafka forgets positions of groups without members.
 */
final class TableReplay {

    private static final String FEED = "events";
    private static final String ORIGIN = "q.replay.of";
    private static final Table COLUMNS = StarSchema.REJECTED_ROWS.project(
            List.of("feed", "source_file", "byte_offset", "source_group", "rule_codes", "raw_line", "raw_encoding"));

    private final Configuration conf;
    private final Optional<String> code;
    private final Layout layout;
    private final FileSystem fs;

    /** @param code the only reason whose rows are sent; empty: all */
    TableReplay(Configuration conf, Optional<String> code) throws IOException {
        this.conf = conf;
        this.code = code;
        this.layout = Layout.of(conf);
        this.fs = layout.root().getFileSystem(conf);
    }

    /**
     * Sends the rows of an hour that were not sent yet.
     *
     * @param hour {@code uuuu-MM-dd-HH} of the records' time, UTC
     * @return events sent
     */
    long replay(String hour) throws IOException, InterruptedException {
        String checked = EventHour.parse(hour).toString();
        Path partition = layout.partition(StarSchema.REJECTED_ROWS, List.of(checked));
        long sent = 0;
        try (Admin admin = Admin.create(KafkaClients.common(conf));
                Producer<byte[], byte[]> producer = producer(checked)) {
            producer.initTransactions();
            for (FileStatus file : files(partition)) {
                sent += replay(file.getPath(), producer, admin);
            }
        }
        return sent;
    }

    private long replay(Path file, Producer<byte[], byte[]> producer, Admin admin)
            throws IOException, InterruptedException {
        String name = code.map(only -> file.getName() + "." + only).orElse(file.getName());
        Path marker = new Path(layout.root(), "stream/replayed/" + name);
        String group = "q-replay-" + name;
        if (fs.exists(marker)) {
            return 0;
        }
        long sent = wasSent(admin, group) ? 0 : send(file, group, producer);
        fs.create(marker, true).close();
        return sent;
    }

    private long send(Path file, String group, Producer<byte[], byte[]> producer) throws IOException {
        long sent = 0;
        producer.beginTransaction();
        try (ParquetReader<Row> rows = ParquetRows.reader(COLUMNS, file, conf)) {
            for (Row row = rows.read(); row != null; row = rows.read()) {
                if (isWanted(row)) {
                    producer.send(record(row));
                    sent++;
                }
            }
        } catch (IOException e) {
            producer.abortTransaction();
            throw e;
        }
        producer.sendOffsetsToTransaction(
                Map.of(new TopicPartition(StreamSettings.TOPIC.get(conf), 0), new OffsetAndMetadata(sent)),
                new ConsumerGroupMetadata(group));
        producer.commitTransaction();
        return sent;
    }

    private boolean isWanted(Row row) {
        List<?> codes = row.require("rule_codes", List.class);
        return row.text("feed").equals(FEED) && (code.isEmpty() || codes.contains(code.get()));
    }

    private static ProducerRecord<byte[], byte[]> record(Row row) {
        String raw = row.text("raw_line");
        byte[] value = row.text("raw_encoding").equals("base64")
                ? Base64.getDecoder().decode(raw)
                : raw.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(row.text("source_group"), value);
        String origin = row.text("source_file") + "@" + row.get("byte_offset");
        record.headers().add(ORIGIN, origin.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static boolean wasSent(Admin admin, String group) throws IOException, InterruptedException {
        try {
            return !admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .isEmpty();
        } catch (ExecutionException e) {
            throw new IOException("Cannot ask for the positions of group %s".formatted(group), e);
        }
    }

    private Producer<byte[], byte[]> producer(String hour) {
        Properties properties = KafkaClients.common(conf);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, StreamSettings.GROUP.get(conf) + "-replay-" + hour);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private List<FileStatus> files(Path partition) throws IOException {
        return Listing.of(fs, partition).stream()
                .filter(file -> !file.getPath().getName().startsWith("."))
                .toList();
    }
}
