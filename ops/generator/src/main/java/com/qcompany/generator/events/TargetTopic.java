package com.qcompany.generator.events;

import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topic that generated records go to. */
public record TargetTopic(String name) {

    private static final int PARTITIONS = 4;
    private static final String FOR_EVER = "-1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /**
     * Makes the topic where it is absent. It keeps records for ever: theirs are times of the past.
     *
     * @param wanted partitions it must have; empty for those it has, or {@value #PARTITIONS} for a new one
     * @return partitions it has
     * @throws UsageException if it has other partitions than wanted
     * @throws IOException if the brokers do not answer or refuse
     */
    int ensure(Admin admin, OptionalInt wanted) throws IOException, InterruptedException {
        Optional<Integer> existing = partitions(admin);
        if (existing.isEmpty()) {
            create(admin, wanted.orElse(PARTITIONS));
            existing = partitions(admin);
        }
        int partitions = existing.orElseThrow();
        if (wanted.orElse(partitions) != partitions) {
            throw new UsageException("Cannot produce to %d partitions of %s: it has %d (leave out --partitions)"
                    .formatted(wanted.getAsInt(), name, partitions));
        }
        return partitions;
    }

    private Optional<Integer> partitions(Admin admin) throws IOException, InterruptedException {
        try {
            return Optional.of(admin.describeTopics(List.of(name)).allTopicNames().get().values().stream()
                    .mapToInt(topic -> topic.partitions().size())
                    .sum());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new IOException("Cannot describe topic %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    private void create(Admin admin, int partitions) throws IOException, InterruptedException {
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty())
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, FOR_EVER));
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IOException("Cannot create topic %s: %s".formatted(name, e.getMessage()), e);
            }
        }
        awaitLeaders(admin, partitions);
    }

    /**
     * Returns once every partition answers. A partition just made can refuse a producer's first batch and take its second,
     * after which the first is out of order for ever. Brokers learn of a new topic one after the other, and the client does
     * not repeat a question about one that a broker does not know.
     *
     * @throws IOException if the brokers do not answer, or not know it within 30 seconds
     */
    public void awaitLeaders(Admin admin, int partitions) throws IOException, InterruptedException {
        Map<TopicPartition, OffsetSpec> all = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(number -> new TopicPartition(name, number), number -> OffsetSpec.latest()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                admin.listOffsets(all).all().get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw new IOException(
                            "Cannot reach all partitions of topic %s: %s".formatted(name, e.getMessage()), e);
                }
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            }
        }
    }
}
