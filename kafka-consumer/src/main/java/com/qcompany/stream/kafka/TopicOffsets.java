package com.qcompany.stream.kafka;

import com.qcompany.stream.Position;
import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The offsets of a topic and a group's positions in it, asked from the brokers each time.
 *
 * <p>Positions are those of no open transaction: one that is about to be committed is waited for. Where the brokers do
 * not answer, or refuse, or the topic is gone, that is an IOException.
 */
public record TopicOffsets(Admin admin, String topic, String group) {

    /** Of the configured topic and group. */
    public static TopicOffsets of(Configuration conf, Admin admin) {
        return new TopicOffsets(admin, StreamSettings.TOPIC.get(conf), StreamSettings.GROUP.get(conf));
    }

    /**
     * Stops where the topic does not exist.
     *
     * @param key configuration key that names it
     * @throws UsageException if it does not
     */
    public void requireTopic(String key) throws IOException {
        if (!get(admin.listTopics().names()).contains(topic)) {
            throw new UsageException("Cannot use topic %s: it does not exist (%s names it)".formatted(topic, key));
        }
    }

    /** Kafka's id of the topic: one that is deleted and made anew gets another. */
    public String topicId() throws IOException {
        return description().topicId().toString();
    }

    /** First offset that is kept, by partition. */
    public Map<TopicPartition, Long> begins() throws IOException {
        return offsets(OffsetSpec.earliest());
    }

    /** Offset after the last that no open transaction holds back, by partition. */
    public Map<TopicPartition, Long> ends() throws IOException {
        return offsets(OffsetSpec.latest());
    }

    /** First offset at or after a time, or the end where there is none, by partition. */
    public Map<TopicPartition, Long> at(long timeMillis) throws IOException {
        Map<TopicPartition, Long> ends = ends();
        return offsets(OffsetSpec.forTimestamp(timeMillis)).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue() < 0 ? require(ends, entry.getKey()) : entry.getValue()));
    }

    /** What the group has committed, by partition; partitions without a position are absent. */
    public Map<TopicPartition, Position> positions() throws IOException {
        return positionsInAllTopics().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The same in whatever topics the group has consumed. */
    public Map<TopicPartition, Position> positionsInAllTopics() throws IOException {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                get(admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                        .partitionsToOffsetAndMetadata());
        return offsets.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Position.of(entry.getValue())));
    }

    /** Sets positions of the group, of which no consumer may run. */
    public void set(Map<TopicPartition, Position> positions) throws IOException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> commits = positions.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toCommit()));
        try {
            admin.alterConsumerGroupOffsets(group, commits).all().get();
        } catch (ExecutionException e) {
            throw new OperatorException(
                    "Cannot set positions of group %s: %s (no consumer of the group may run, and a stopped one is forgotten after its session time-out)"
                            .formatted(group, KafkaFailure.describe(e.getCause())),
                    e);
        }
    }

    /** End of every partition that the group has not committed up to: it may hold records, or have been cut. */
    public Map<TopicPartition, Long> unconsumed() throws IOException {
        Map<TopicPartition, Long> from = new HashMap<>(begins());
        positions().forEach((partition, position) -> from.put(partition, position.next()));
        return ends().entrySet().stream()
                .filter(entry -> !require(from, entry.getKey()).equals(entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The value of a key that must have one, such as the offset of a partition. */
    public static <K, V> V require(Map<K, V> values, K key) {
        V value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("Cannot find %s (there are %s)".formatted(key, values));
        }
        return value;
    }

    private TopicDescription description() throws IOException {
        return get(require(admin.describeTopics(List.of(topic)).topicNameValues(), topic));
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec spec) throws IOException {
        Map<TopicPartition, OffsetSpec> wanted = description().partitions().stream()
                .collect(Collectors.toMap(info -> new TopicPartition(topic, info.partition()), info -> spec));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                get(admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all());
        return found.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .offset()));
    }

    private <T> T get(KafkaFuture<T> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while asking Kafka about topic %s".formatted(topic));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new OperatorException("Cannot use topic %s: it does not exist".formatted(topic), e);
            }
            throw new OperatorException(
                    "Cannot ask Kafka about topic %s and group %s: %s"
                            .formatted(topic, group, KafkaFailure.describe(e.getCause())),
                    e);
        }
    }
}
