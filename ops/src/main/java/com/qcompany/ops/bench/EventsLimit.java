package com.qcompany.ops.bench;

import com.qcompany.stream.event.EventFileWriter;
import com.qcompany.stream.event.EventParser;
import com.qcompany.stream.event.EventRow;
import com.qcompany.stream.kafka.KafkaClients;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The least that landing a topic can cost: one thread fetches, parses and encodes into one Parquet file, without groups,
 * commits, hours or anything else that makes it right.
 */
record EventsLimit(Configuration conf) {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FETCH_BYTES = 8 << 20;

    /** Lands a topic in a new file; returns the rows. */
    long run(String topic, Path file) throws IOException {
        Properties properties = KafkaClients.common(conf);
        properties.putAll(Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                FETCH_BYTES));
        EventParser parser = new EventParser(conf);
        EventRow row = new EventRow();
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                EventFileWriter writer = EventFileWriter.open(file, conf)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long left = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (left > 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (parser.parse(record, row) == null) {
                        writer.write(row.row());
                    }
                    left--;
                }
            }
            return writer.rows();
        }
    }
}
