package com.qcompany.generator.events;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.qcompany.stream.kafka.KafkaClients;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.util.Locale;
import java.util.Properties;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * {@code produce}: sends app-log events to a topic, see {@link EventGenerator}, and on request writes the right answers
 * over them as JSON, see {@link ExpectedAnswers}.
 *
 * <p>Running it again sends everything again: the answers are those of a topic that nothing else was sent to.
 */
public final class ProduceTool extends Configured implements Tool {

    private static final int BATCH_BYTES = 256 << 10;
    private static final int LINGER_MILLIS = 20;

    @Override
    public int run(String[] args) throws IOException, InterruptedException {
        ProduceArguments arguments = ProduceArguments.parse(args);
        String topic = arguments.topic().orElseGet(() -> StreamSettings.TOPIC.get(getConf()));
        Properties common = KafkaClients.common(getConf());
        int partitions;
        try (Admin admin = Admin.create(common)) {
            partitions = new TargetTopic(topic).ensure(admin, arguments.partitions());
        }
        EventGenerator generator = arguments.generator(partitions);
        long started = System.nanoTime();
        ExpectedAnswers answers;
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                producerOf(common, arguments.compression()), new ByteArraySerializer(), new ByteArraySerializer())) {
            answers = new EventSender(producer, topic).send(generator, Pace.of(arguments.rate()));
        }
        report(topic, answers, System.nanoTime() - started);
        if (arguments.answers().isPresent()) {
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValue(arguments.answers().get().toFile(), answers);
        }
        return ExitCode.OK.code();
    }

    private static Properties producerOf(Properties properties, String compression) {
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        return properties;
    }

    private static void report(String topic, ExpectedAnswers answers, long nanos) {
        System.out.printf(
                Locale.ROOT,
                "Sent %,d records to %s in %.1f s, %,.0f a second: %,d events (%,d late, %,d without a time),"
                        + " %,d to be rejected, %,d tombstones, %s revenue%n",
                answers.records(),
                topic,
                nanos / 1e9,
                answers.records() * 1e9 / nanos,
                answers.rows(),
                answers.late(),
                answers.timeFromRecord(),
                answers.rejected(),
                answers.tombstones(),
                answers.revenue());
    }
}
