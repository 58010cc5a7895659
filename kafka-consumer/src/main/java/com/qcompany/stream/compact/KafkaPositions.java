package com.qcompany.stream.compact;

import com.qcompany.stream.Position;
import com.qcompany.stream.kafka.KafkaClients;
import com.qcompany.warehouse.StreamSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Positions as the brokers have them. Open transactions are waited for, so that a position that is about to be committed
 * is not missed. Not thread-safe.
 */
public final class KafkaPositions implements PositionSource, AutoCloseable {

    private final Admin admin;
    private final String group;
    private final String topic;

    /** @param admin closed with this object */
    KafkaPositions(Admin admin, String group, String topic) {
        this.admin = admin;
        this.group = group;
        this.topic = topic;
    }

    /** Connects to the brokers that the configuration names. */
    public static KafkaPositions open(Configuration conf) {
        return new KafkaPositions(
                Admin.create(KafkaClients.common(conf)),
                StreamSettings.GROUP.get(conf),
                StreamSettings.TOPIC.get(conf));
    }

    @Override
    public List<PartitionProgress> read() throws IOException {
        Map<TopicPartition, OffsetAndMetadata> committed = await(
                "list the positions of group " + group,
                admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                        .partitionsToOffsetAndMetadata());
        List<TopicPartition> partitions =
                await(
                                "describe topic " + topic,
                                admin.describeTopics(List.of(topic)).allTopicNames())
                        .values()
                        .stream()
                        .flatMap(description -> description.partitions().stream())
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
        Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
        return partitions.stream()
                .map(partition -> new PartitionProgress(
                        topic,
                        partition.partition(),
                        offset(begins, partition),
                        offset(ends, partition),
                        Optional.ofNullable(committed.get(partition)).map(Position::of)))
                .toList();
    }

    @Override
    public void close() {
        admin.close();
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(List<TopicPartition> partitions, OffsetSpec spec)
            throws IOException {
        return await(
                "list the offsets of topic " + topic,
                admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec)))
                        .all());
    }

    private static long offset(Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition), "brokers answer for all partitions asked for")
                .offset();
    }

    private static <T> T await(String what, KafkaFuture<T> answer) throws IOException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IOException("Cannot %s: %s".formatted(what, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while asking Kafka to " + what);
        }
    }
}
