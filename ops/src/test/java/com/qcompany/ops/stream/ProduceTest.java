package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.qcompany.generator.Main;
import com.qcompany.ops.EmbeddedKafka;
import com.qcompany.ops.OwnKafka;
import com.qcompany.ops.Servers;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code q events produce} against a broker of its own. */
@Servers
class ProduceTest {

    private static final String FLAWED =
            "--rate 0 --count 5000 --seed 3 --late 0.1 --broken 0.1 --drift 0.1 --hours 3 --partitions 2";

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws IOException {
        kafka = OwnKafka.start(directory.resolve("kafka"), Map.of());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void theSameSeedPutsTheSameRecordsIntoAnyTopic() throws Exception {
        Path answers = directory.resolve("answers.json");

        assertThat(produce(FLAWED + " --topic one --answers " + answers)).isZero();
        assertThat(produce(FLAWED + " --topic other --compression lz4")).isZero();

        List<String> records = read("one", 2);
        assertThat(records).hasSize(5_000).isEqualTo(read("other", 2));
        JsonNode told = new JsonMapper().readTree(answers.toFile());
        assertThat(told.get("records").asInt()).isEqualTo(5_000);
        assertThat(told.get("tombstones").asLong())
                .isEqualTo(records.stream()
                        .filter(record -> record.endsWith("null"))
                        .count())
                .isPositive();
        assertThat(told.get("rowsByHour").size()).isEqualTo(3);
    }

    @Test
    void aTopicThatItMakesKeepsRecordsOfThePast() throws Exception {
        assertThat(produce("--rate 0 --count 10 --seed 1 --topic made")).isZero();

        ConfigResource made = new ConfigResource(ConfigResource.Type.TOPIC, "made");
        try (Admin admin = Admin.create(client())) {
            assertThat(admin.describeConfigs(List.of(made))
                            .all()
                            .get()
                            .get(made)
                            .get("retention.ms")
                            .value())
                    .isEqualTo("-1");
        }
    }

    @Test
    void aTopicOfOtherPartitionsIsLeftAlone() throws Exception {
        assertThat(produce("--rate 0 --count 10 --seed 1 --topic two --partitions 2"))
                .isZero();

        assertThat(produce("--rate 0 --count 10 --seed 1 --topic two --partitions 3"))
                .isEqualTo(2);
        assertThat(produce("--rate 0 --count 10 --seed 1 --topic two")).isZero();

        assertThat(read("two", 2)).hasSize(20);
    }

    private static int produce(String options) throws Exception {
        Configuration conf = new Configuration(false);
        conf.set(StreamSettings.BOOTSTRAP_SERVERS.key(), kafka.bootstrap());
        return Main.run(conf, ("produce " + options).split(" "));
    }

    /** Every record as text, in order: partition, time, key and value. */
    private static List<String> read(String topic, int partitions) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        List<String> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            for (TopicPartition partition : all) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                while (consumer.position(partition) < ends.get(partition)) {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                        records.add("%d %d %s %s"
                                .formatted(
                                        record.partition(),
                                        record.timestamp(),
                                        Arrays.toString(record.key()),
                                        Arrays.toString(record.value())));
                    }
                }
            }
        }
        return records;
    }

    private static Map<String, Object> client() {
        return Map.of("bootstrap.servers", kafka.bootstrap());
    }
}
