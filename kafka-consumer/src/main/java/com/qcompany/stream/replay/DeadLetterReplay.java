package com.qcompany.stream.replay;

import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.event.DeadLetterHeaders;
import com.qcompany.stream.event.RejectedEvents;
import com.qcompany.stream.kafka.KafkaClients;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends dead letters to the topic they come from; positions and events are committed in the same transactions, and the
 * positions kept as {@link ReplayedPositions} from then on.
 */
record DeadLetterReplay(Configuration conf) {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterReplay.class);
    private static final Duration POLL = Duration.ofMillis(500);

    /** Sends what is in the dead-letter topic at the start and was not sent yet; returns how many. */
    long replay() throws IOException, InterruptedException {
        String group = StreamSettings.GROUP.get(conf) + "-replay";
        try (Admin admin = KafkaClients.admin(conf);
                Consumer<byte[], byte[]> consumer = consumer(group);
                ReplayProducer producer = new ReplayProducer(conf, group, admin)) {
            TopicOffsets offsets = new TopicOffsets(admin, StreamSettings.deadLetterTopic(conf), group);
            offsets.requireTopic(StreamSettings.DEAD_LETTER_TOPIC.key());
            ReplayedPositions replayed = new ReplayedPositions(StreamFiles.of(conf), offsets.topicId());
            Map<TopicPartition, Long> ends = offsets.ends();
            consumer.assign(ends.keySet());
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                long sentTo = replayed.of(end.getKey());
                if (sentTo > consumer.position(end.getKey()) && sentTo <= end.getValue()) {
                    consumer.seek(end.getKey(), sentTo);
                }
            }
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                ConsumerRecords<byte[], byte[]> letters = consumer.poll(POLL);
                if (!letters.isEmpty()) {
                    send(letters, consumer, producer);
                    for (TopicPartition partition : letters.partitions()) {
                        replayed.keep(partition, consumer.position(partition));
                    }
                }
            }
            return producer.awaitReadable();
        }
    }

    private void send(
            ConsumerRecords<byte[], byte[]> letters, Consumer<byte[], byte[]> consumer, ReplayProducer producer)
            throws IOException {
        Map<TopicPartition, OffsetAndMetadata> positions = letters.partitions().stream()
                .collect(Collectors.toMap(
                        partition -> partition, partition -> new OffsetAndMetadata(consumer.position(partition))));
        producer.sendAll(() -> letters.forEach(letter -> send(letter, producer)), positions, consumer.groupMetadata());
    }

    private void send(ConsumerRecord<byte[], byte[]> letter, ReplayProducer producer) {
        String topic = StreamSettings.TOPIC.get(conf);
        DeadLetterHeaders.record(letter, topic)
                .ifPresentOrElse(
                        producer::send,
                        () -> LOG.warn(
                                "Leaving {} where it is: it is no dead letter of topic {}",
                                RejectedEvents.name(letter),
                                topic));
    }

    private Consumer<byte[], byte[]> consumer(String group) {
        Properties properties = KafkaClients.common(conf);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
