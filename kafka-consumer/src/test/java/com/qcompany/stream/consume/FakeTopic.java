package com.qcompany.stream.consume;

import com.qcompany.stream.StreamFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A topic and a group's positions that outlive the consumers that are made for them. */
final class FakeTopic {

    static final String NAME = "app-logs";
    static final String ID = "topic-1";

    private static final long RECORD_MILLIS = 1_720_116_311_000L;

    private final Map<TopicPartition, List<byte[]>> log = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();

    FakeTopic(int partitions) {
        IntStream.range(0, partitions).forEach(i -> log.put(new TopicPartition(NAME, i), new ArrayList<>()));
    }

    /** Appends a value, or a tombstone; returns its offset. */
    long append(int partition, @org.jspecify.annotations.Nullable String value) {
        List<byte[]> values = log.get(new TopicPartition(NAME, partition));
        values.add(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
        return values.size() - 1;
    }

    /** Offset after the last of every partition that holds records. */
    Map<TopicPartition, Long> ends() {
        Map<TopicPartition, Long> ends = new HashMap<>();
        log.forEach((partition, values) -> {
            if (!values.isEmpty()) {
                ends.put(partition, (long) values.size());
            }
        });
        return ends;
    }

    /** The group's position in a partition. */
    long committed(int partition) {
        return committed.get(new TopicPartition(NAME, partition)).offset();
    }

    /** What a thread named one works with that consumes the topic. */
    ConsumerContext context(Configuration conf, EndCondition end) throws IOException {
        Clock clock = Clock.systemUTC();
        StreamFiles files = StreamFiles.of(conf);
        StreamMetrics metrics = new StreamMetrics(clock);
        return new ConsumerContext("one", files, StreamOwner.claim(files), () -> ID, end, metrics, clock);
    }

    /** Consumers of the topic, that commit by themselves. */
    ConsumerThread.Clients clients(int recordsPerPoll) {
        return new ConsumerThread.Clients() {
            @Override
            public Consumer<byte[], byte[]> consumer(String instance) {
                return FakeTopic.this.consumer(recordsPerPoll);
            }

            @Override
            public OffsetCommit commit(Consumer<byte[], byte[]> consumer, String instance) {
                return OffsetCommit.by(consumer);
            }
        };
    }

    /** A consumer that is given all partitions at its first poll, and some records a poll from then on. */
    private MockConsumer<byte[], byte[]> consumer(int recordsPerPoll) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none") {
            @Override
            public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
                super.commitSync(offsets);
                committed.putAll(offsets);
            }

            @Override
            public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                    java.util.Set<TopicPartition> partitions) {
                Map<TopicPartition, OffsetAndMetadata> found = new HashMap<>();
                partitions.forEach(partition -> found.put(partition, committed.get(partition)));
                return found;
            }
        };
        Map<TopicPartition, Long> begins = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        log.forEach((partition, values) -> {
            begins.put(partition, 0L);
            ends.put(partition, (long) values.size());
        });
        consumer.updatePartitions(
                NAME,
                log.keySet().stream()
                        .map(partition -> new PartitionInfo(NAME, partition.partition(), null, null, null))
                        .toList());
        consumer.updateBeginningOffsets(begins);
        consumer.updateEndOffsets(ends);
        consumer.schedulePollTask(() -> consumer.rebalance(log.keySet()));
        scheduleRecords(consumer, recordsPerPoll);
        return consumer;
    }

    private void scheduleRecords(MockConsumer<byte[], byte[]> consumer, int count) {
        consumer.schedulePollTask(() -> {
            for (TopicPartition partition : consumer.assignment()) {
                if (!consumer.paused().contains(partition)) {
                    long position = consumer.position(partition);
                    List<byte[]> values = log.get(partition);
                    for (long offset = position; offset < Math.min(position + count, values.size()); offset++) {
                        consumer.addRecord(record(partition, offset, values.get((int) offset)));
                    }
                }
            }
            scheduleRecords(consumer, count);
        });
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, byte[] value) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                RECORD_MILLIS,
                TimestampType.CREATE_TIME,
                0,
                value == null ? 0 : value.length,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
