package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.Topics;
import com.qcompany.ops.WithStack;
import com.qcompany.stream.event.DeadLetterHeaders;
import com.qcompany.stream.replay.ReplayTool;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.state.SourceGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ToolRunner;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that cannot be read: each refused once, whatever is killed, and sent again once. */
@WithStack
class DeadLetterTest {

    private static final List<ProtocolStep> DEATHS = List.of(
            ProtocolStep.MANIFEST_WRITTEN,
            ProtocolStep.OFFSETS_COMMITTED,
            ProtocolStep.MANIFEST_WRITTEN,
            ProtocolStep.OFFSETS_COMMITTED);
    private static final int BROKEN_PER_DEATH = 3;

    private final EmbeddedStack stack;

    @TempDir
    private Path directory;

    DeadLetterTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void sendsEachBrokenEventOnceWhateverIsKilled() throws Exception {
        try (AppLog log = new AppLog(stack, 2);
                ConsumerProcesses processes = new ConsumerProcesses(directory)) {
            Configuration conf = log.with("q.stream.reject-to", "topic", "q.stream.instance", "dying");
            String letters = StreamSettings.deadLetterTopic(conf);
            new Topics(stack.kafka().bootstrap()).create(letters, 2);
            Set<String> broken = new TreeSet<>();
            for (ProtocolStep step : DEATHS) {
                log.send(100);
                broken.addAll(sendBroken(log));
                Process dying = processes.start(conf, "dying", step, 1, Signals.KILL);
                assertThat(dying.waitFor(2, TimeUnit.MINUTES))
                        .as("%s is reached", step)
                        .isTrue();
            }
            assertThat(run(conf, "consume", "--until-caught-up"))
                    .isIn(ExitCode.OK.code(), ExitCode.NOTHING_TO_DO.code());

            assertThat(origins(letters)).containsExactlyInAnyOrderElementsOf(broken);
            assertThat(log.published()).hasSize((int) log.sent() - broken.size());
            assertThat(log.run("audit")).isEqualTo(ExitCode.OK.code());

            long before = records(log.topic()).size();
            assertThat(run(conf, "replay", "--dead-letters")).isEqualTo(ExitCode.OK.code());
            assertThat(run(conf, "replay", "--dead-letters")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
            log.admin()
                    .deleteConsumerGroups(List.of(log.topic() + "-replay")) // as Kafka does after a week
                    .all()
                    .get();
            assertThat(run(conf, "replay", "--dead-letters")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
            assertThat(records(log.topic())).hasSize((int) before + broken.size());
        }
    }

    @Test
    void replaysAnHourOfTheTableOnce() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Set<String> hours = new TreeSet<>(Set.of(hour()));
            sendBroken(log);
            hours.add(hour());
            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());
            assertThat(log.rejected()).hasSize(BROKEN_PER_DEATH);

            for (int round = 0; round < 2; round++) {
                for (String hour : hours) {
                    log.run("replay", "--hour", hour);
                }
                assertThat(records(log.topic())).hasSize(2 * BROKEN_PER_DEATH);
            }
        }
    }

    @Test
    void replaysAnHourAfterOneCodeOfItWithoutSendingTwiceAndKeepsTheRecord() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            long time = 1_720_116_311_000L; // 2024-07-04T18:05:11Z
            log.sendRecord(time, "k", "{\"quantity\":", Map.of("trace", "7")).get();
            log.sendRecord(time, "k", "{\"quantity\":\"many\"}", Map.of()).get();
            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());

            assertThat(log.run("replay", "--hour", "2024-07-04-18", "--code", "broken_json"))
                    .isEqualTo(ExitCode.OK.code());
            assertThat(log.run("replay", "--hour", "2024-07-04-18")).isEqualTo(ExitCode.OK.code());
            assertThat(log.run("replay", "--hour", "2024-07-04-18")).isEqualTo(ExitCode.NOTHING_TO_DO.code());

            List<ConsumerRecord<byte[], byte[]>> records = records(log.topic());
            assertThat(records).hasSize(4);
            ConsumerRecord<byte[], byte[]> again = records.get(2);
            assertThat(again.value()).isEqualTo(records.get(0).value());
            assertThat(again.key()).isEqualTo(records.get(0).key());
            assertThat(again.timestamp()).isEqualTo(time);
            assertThat(text(again, "trace")).isEqualTo("7");
            assertThat(text(again, DeadLetterHeaders.ORIGIN)).isEqualTo(log.topic() + "-0@0");
        }
    }

    @Test
    void replaysAnHourOnceItsTopicTakesAnEventThatWasTooLarge() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            String large = new Random(1)
                    .ints(10_000, 'a', 'z')
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            log.sendRecord(1_720_116_311_000L, "k", large, Map.of()).get(); // 2024-07-04T18:05:11Z
            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());
            setMaxMessageBytes(log, 1_000);

            assertThatThrownBy(() ->
                            ToolRunner.run(log.conf(), new ReplayTool(), new String[] {"--hour", "2024-07-04-18"}))
                    .isInstanceOf(OperatorException.class)
                    .hasMessageContaining("larger than the max message size");
            setMaxMessageBytes(log, 1_000_000);

            assertThat(log.run("replay", "--hour", "2024-07-04-18")).isEqualTo(ExitCode.OK.code());
            assertThat(records(log.topic())).hasSize(2);
        }
    }

    private static void setMaxMessageBytes(AppLog log, int bytes) throws Exception {
        AlterConfigOp limit =
                new AlterConfigOp(new ConfigEntry("max.message.bytes", Integer.toString(bytes)), OpType.SET);
        log.admin()
                .incrementalAlterConfigs(
                        Map.of(new ConfigResource(ConfigResource.Type.TOPIC, log.topic()), List.of(limit)))
                .all()
                .get();
    }

    /** Takes the half minute that it waits for readers. */
    @Test
    void saysThatWhatItSentCannotBeReadYetAndSendsItNotAgain() throws Exception {
        String broken = "{\"quantity\":";
        try (AppLog log = new AppLog(stack, 1);
                KafkaProducer<byte[], byte[]> open = new KafkaProducer<>(
                        Map.of("bootstrap.servers", stack.kafka().bootstrap(), "transactional.id", log.topic()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            log.sendRecord(1_720_116_311_000L, "k", broken, Map.of()).get(); // 2024-07-04T18:05:11Z
            assertThat(log.run("consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());
            open.initTransactions();
            open.beginTransaction();
            open.send(new ProducerRecord<>(log.topic(), new byte[] {'x'})).get();

            assertThat(log.run("replay", "--hour", "2024-07-04-18")).isEqualTo(ExitCode.FAILED.code());
            open.abortTransaction();

            assertThat(log.run("replay", "--hour", "2024-07-04-18")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
            assertThat(records(log.topic()))
                    .filteredOn(sent -> new String(sent.value(), StandardCharsets.UTF_8).equals(broken))
                    .hasSize(2);
        }
    }

    @Test
    void replaysDeadLettersPastRecordsThatAreNone() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Configuration conf = log.with("q.stream.reject-to", "topic");
            String letters = StreamSettings.deadLetterTopic(conf);
            new Topics(stack.kafka().bootstrap()).create(letters, 1);
            log.sendTo(letters, "a foreign record").get();
            log.sendRecord(1_720_116_311_000L, "k", "{", Map.of("trace", "7")).get();
            assertThat(run(conf, "consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());

            assertThat(run(conf, "replay", "--dead-letters")).isEqualTo(ExitCode.OK.code());

            ConsumerRecord<byte[], byte[]> again = records(log.topic()).get(1);
            assertThat(again.value()).isEqualTo("{".getBytes(StandardCharsets.UTF_8));
            assertThat(again.timestamp()).isEqualTo(1_720_116_311_000L);
            assertThat(text(again, "trace")).isEqualTo("7");
            assertThat(again.headers().lastHeader(DeadLetterHeaders.CODE)).isNull();
            assertThat(run(conf, "replay", "--dead-letters")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        }
    }

    @Test
    void replaysEveryLetterOfATopicThatWasMadeAnew() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Configuration conf = log.with("q.stream.reject-to", "topic");
            String letters = StreamSettings.deadLetterTopic(conf);
            for (int i = 0; i < 2; i++) {
                new Topics(stack.kafka().bootstrap()).create(letters, 1);
                sendBroken(log);
                assertThat(run(conf, "consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());
                assertThat(run(conf, "replay", "--dead-letters")).isEqualTo(ExitCode.OK.code());
                assertThat(run(conf, "replay", "--dead-letters")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
                log.admin().deleteTopics(List.of(letters)).all().get();
                Await.until(
                        "it is gone",
                        () -> !log.admin().listTopics().names().get().contains(letters));
            }

            assertThat(records(log.topic())).hasSize(5 * BROKEN_PER_DEATH);
        }
    }

    @Test
    void refusesTheTopicItselfForDeadLetters() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Configuration conf = log.with("q.stream.reject-to", "topic", "q.stream.dead-letter-topic", log.topic());
            log.send("broken").get();

            assertThat(run(conf, "consume", "--for", "10s")).isEqualTo(ExitCode.USAGE.code());

            assertThat(records(log.topic())).hasSize(1);
        }
    }

    @Test
    void putsEventsIntoTheTableThatTheDeadLetterTopicRefuses() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Configuration conf = log.with("q.stream.reject-to", "topic");
            String letters = StreamSettings.deadLetterTopic(conf);
            log.admin()
                    .createTopics(
                            List.of(new NewTopic(letters, 1, (short) 1).configs(Map.of("max.message.bytes", "100"))))
                    .all()
                    .get();
            log.send(20);
            log.send("broken").get();

            assertThat(run(conf, "consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());

            assertThat(records(letters)).isEmpty();
            assertThat(log.published()).hasSize(20);
            assertThat(log.rejected()).containsOnlyKeys("0:20");
            assertThat(log.run("audit")).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void putsABrokenEventTooLargeForTheTopicIntoTheTable() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Configuration conf = log.with("q.stream.reject-to", "topic");
            String letters = StreamSettings.deadLetterTopic(conf);
            new Topics(stack.kafka().bootstrap()).create(letters, 1);
            log.send("x".repeat(1_048_400)).get();
            log.send("broken").get();

            assertThat(run(conf, "consume", "--until-caught-up")).isEqualTo(ExitCode.OK.code());

            assertThat(origins(letters)).containsExactly("0:1");
            assertThat(log.rejected()).containsOnlyKeys("0:0");
            assertThat(log.run("audit")).isEqualTo(ExitCode.OK.code());
        }
    }

    /** Sends broken events; their partitions and offsets. */
    private static List<String> sendBroken(AppLog log) throws Exception {
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < BROKEN_PER_DEATH; i++) {
            RecordMetadata sent = log.send("{\"quantity\":").get();
            broken.add(sent.partition() + ":" + sent.offset());
        }
        return broken;
    }

    private static String hour() {
        return SourceGroup.HOUR.format(LocalDateTime.now(ZoneOffset.UTC));
    }

    private static int run(Configuration conf, String... command) {
        return com.qcompany.stream.Main.run(conf, command);
    }

    private List<String> origins(String letters) {
        return records(letters).stream()
                .map(letter -> text(letter, DeadLetterHeaders.PARTITION) + ":" + text(letter, DeadLetterHeaders.OFFSET))
                .toList();
    }

    private static String text(ConsumerRecord<?, ?> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Everything in a topic whose transaction was committed. */
    private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", stack.kafka().bootstrap(), "isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
