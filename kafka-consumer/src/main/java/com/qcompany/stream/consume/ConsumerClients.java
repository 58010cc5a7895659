package com.qcompany.stream.consume;

import com.qcompany.stream.kafka.KafkaClients;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.command.StreamSettings.RejectTo;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the Kafka clients of consumer threads. What the protocol depends on overrides the properties file. */
record ConsumerClients(Configuration conf) implements ConsumerThread.Clients {

    /** What the properties file may set otherwise; the age of metadata is how soon a partition is noticed that was added. */
    private static final Map<String, Object> DEFAULTS = Map.of(
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 << 20,
            ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 256 << 10,
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000,
            ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);

    @Override
    public Consumer<byte[], byte[]> consumer(String instance) {
        Properties properties = new Properties();
        properties.putAll(DEFAULTS);
        properties.putAll(KafkaClients.common(conf));
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, StreamSettings.GROUP.get(conf));
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, instance);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public OffsetCommit commit(Consumer<byte[], byte[]> consumer, String instance) {
        if (StreamSettings.REJECT_TO.get(conf) == RejectTo.TABLE) {
            return OffsetCommit.by(consumer);
        }
        Properties properties = KafkaClients.common(conf);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, StreamSettings.GROUP.get(conf) + "-" + instance);
        return new TransactionalCommit(
                consumer, new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
    }
}
