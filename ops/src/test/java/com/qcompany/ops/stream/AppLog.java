package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.Topics;
import com.qcompany.stream.Main;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of one test with a warehouse of its own, and what of it is published. */
final class AppLog implements AutoCloseable {

    private static final LocalDateTime FIRST = LocalDateTime.of(2024, 7, 4, 0, 0);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final int EVENTS_PER_HOUR = 5_000;

    private final Configuration conf;
    private final String topic;
    private int partitions;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;
    private volatile long sent;

    AppLog(EmbeddedStack stack, int partitions) throws Exception {
        this(stack, stack.kafka().bootstrap(), partitions);
    }

    /** @param bootstrap a broker that asks for nothing */
    AppLog(EmbeddedStack stack, String bootstrap, int partitions) throws Exception {
        String name = "log_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        this.topic = name;
        this.partitions = partitions;
        this.conf = stack.clientConf();
        conf.set(Settings.ROOT.key(), "/" + name);
        conf.set(Settings.DATABASE.key(), name);
        conf.unset(Settings.HIVE_URL.key());
        conf.set(StreamSettings.BOOTSTRAP_SERVERS.key(), bootstrap);
        conf.set(StreamSettings.TOPIC.key(), name);
        conf.set(StreamSettings.GROUP.key(), name);
        conf.set(StreamSettings.INSTANCE.key(), "one");
        conf.set(StreamSettings.FLUSH_INTERVAL.key(), "1");
        conf.set(StreamSettings.IDLE.key(), "0");
        conf.set(StreamSettings.GRACE.key(), "0");
        new Topics(bootstrap).create(name, partitions);
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", 5, "metadata.max.age.ms", 1_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    Configuration conf() {
        return conf;
    }

    String topic() {
        return topic;
    }

    /** A configuration with some settings changed. */
    Configuration with(String... keysAndValues) {
        Configuration changed = new Configuration(conf);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            changed.set(keysAndValues[i], keysAndValues[i + 1]);
        }
        return changed;
    }

    /** Sends numbered events, whose times go on by 5,000 an hour, and returns once the broker has them. */
    void send(int count) throws Exception {
        List<Future<?>> sending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sending.add(send(event()));
        }
        for (Future<?> event : sending) {
            event.get();
        }
    }

    /** Sends a second's share of events in tenths, or fewer when the thread is interrupted; all of them arrive. */
    void sendPaced(int perSecond) throws Exception {
        for (int tenth = 0; tenth < 10 && !Thread.currentThread().isInterrupted(); tenth++) {
            long next = System.nanoTime() + 100_000_000L;
            for (int i = 0; i < perSecond / 10; i++) {
                send(event());
            }
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    /** Sends one value, or a tombstone. */
    Future<RecordMetadata> send(@org.jspecify.annotations.Nullable String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        return producer.send(new ProducerRecord<>(topic, (int) (sent++ % partitions), null, bytes));
    }

    /** Sends a record to partition 0 with everything that a record can have. */
    Future<RecordMetadata> sendRecord(long millis, String key, String value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, 0, millis, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        sent++;
        return producer.send(record);
    }

    /** Sends a value to another topic. */
    Future<RecordMetadata> sendTo(String other, String value) {
        return producer.send(new ProducerRecord<>(other, value.getBytes(StandardCharsets.UTF_8)));
    }

    private String event() {
        return event(FIRST.plusNanos(sent * 3_600_000_000_000L / EVENTS_PER_HOUR));
    }

    /** The next event, with a time of its own. */
    String event(LocalDateTime time) {
        return "{\"eventType\":\"addToCart\",\"customerId\":\"%d\",\"productId\":\"7\",\"timestamp\":\"%s\",\"quantity\":1,\"metadata\":{}}"
                .formatted(sent, ISO.format(time));
    }

    /** Adds a partition, which gets half of what is sent from then on. */
    void addPartition() throws Exception {
        partitions++;
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all()
                .get();
        Await.until(
                "the partition is known", () -> producer.partitionsFor(topic).size() == partitions);
    }

    /** Deletes the topic and makes one of the same name. */
    void makeTopicAnew() throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
        Await.until("the topic is gone", () -> !admin.listTopics().names().get().contains(topic));
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all()
                .get();
        sent = 0;
    }

    /** Sends events to a topic that was made anew, by a producer that has not known the old one. */
    void sendAgain(int count) throws Exception {
        try (KafkaProducer<byte[], byte[]> fresh = new KafkaProducer<>(
                Map.of("bootstrap.servers", StreamSettings.BOOTSTRAP_SERVERS.get(conf)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                fresh.send(new ProducerRecord<>(
                                topic, (int) (sent % partitions), null, event().getBytes(StandardCharsets.UTF_8)))
                        .get();
                sent++;
            }
        }
    }

    long sent() {
        return sent;
    }

    Admin admin() {
        return admin;
    }

    /** The offset that the group goes on at, by partition. */
    Map<TopicPartition, Long> positions() throws Exception {
        return admin.listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, position -> position.getValue().offset()));
    }

    /** Returns once the group has committed all that was sent; no consumer needs to have ended for it. */
    void awaitAllCommitted() throws Exception {
        Await.until(
                "all %d records are committed".formatted(sent),
                () -> positions().values().stream().mapToLong(Long::longValue).sum() == sent);
    }

    /** Every event is a row once, and the books say the same; for the time when no consumer runs. */
    void requireWhole() throws IOException {
        requireEveryEventOnce();
        assertThat(run("audit")).isEqualTo(ExitCode.OK.code());
    }

    /** Runs a command of the stream in this process. */
    int run(String... command) {
        return Main.run(conf, command);
    }

    /** How often each offset of each partition stands in table kafka or waits for its hour to close. */
    Map<String, Integer> published() throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        forEachPublished((partition, offset) -> counts.merge(partition + ":" + offset, 1, Integer::sum));
        return counts;
    }

    /** How often each offset stands in rejected_events. */
    Map<String, Integer> rejected() throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        forEachRejected((partition, offset) -> counts.merge(partition + ":" + offset, 1, Integer::sum));
        return counts;
    }

    /** The values of records in rejected_events. */
    List<String> rejectedValues() throws IOException {
        List<String> values = new ArrayList<>();
        forEachRow(
                Layout.of(conf).table(StarSchema.REJECTED_EVENTS),
                StarSchema.REJECTED_EVENTS.project(List.of("raw_value")),
                row -> values.add(row.text("raw_value")));
        return values;
    }

    /** Every record that was sent is a row or a rejected one, once. */
    void requireEveryEventOnce() throws IOException {
        assertThat(account()).isEqualTo(new Account(0, 0));
    }

    /**
     * What became of the records that were sent, of which each should be a row or a rejected one, once.
     *
     * @param lost records that are neither
     * @param doubled rows and rejected ones that are there already, or of no record
     */
    record Account(long lost, long doubled) {}

    Account account() throws IOException {
        List<BitSet> seen = Stream.generate(BitSet::new).limit(partitions).toList();
        AtomicLong doubled = new AtomicLong();
        Identity each = (partition, offset) -> {
            if (seen.get(partition).get((int) offset) || offset * partitions + partition >= sent) {
                doubled.incrementAndGet();
            }
            seen.get(partition).set((int) offset);
        };
        forEachPublished(each);
        forEachRejected(each);
        long found = seen.stream().mapToLong(BitSet::cardinality).sum();
        return new Account(sent - found, doubled.get());
    }

    /** Takes the partition and offset of a record. */
    private interface Identity {
        void of(int partition, long offset);
    }

    private void forEachPublished(Identity action) throws IOException {
        Layout layout = Layout.of(conf);
        forEach(new Path(layout.root(), "stream/open"), StarSchema.KAFKA, action);
        forEach(layout.table(StarSchema.KAFKA), StarSchema.KAFKA, action);
    }

    private void forEachRejected(Identity action) throws IOException {
        forEach(Layout.of(conf).table(StarSchema.REJECTED_EVENTS), StarSchema.REJECTED_EVENTS, action);
    }

    private void forEach(Path root, Table table, Identity action) throws IOException {
        Table identity = table.project(List.of("kafka_partition", "kafka_offset"));
        forEachRow(root, identity, row -> action.of((Integer) row.get(0), (Long) row.get(1)));
    }

    private void forEachRow(Path root, Table table, Consumer<Row> action) throws IOException {
        FileSystem fs = root.getFileSystem(conf);
        try {
            RemoteIterator<LocatedFileStatus> files = fs.listFiles(root, true);
            while (files.hasNext()) {
                Path file = files.next().getPath();
                if (!file.getName().startsWith(".") && !file.getName().startsWith("_")) {
                    ParquetRows.forEach(ParquetRows.reader(table, file, conf), action::accept);
                }
            }
        } catch (FileNotFoundException e) {
            assertThat(fs.exists(root)).as("%s has vanished in part", root).isFalse();
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
