package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.Position;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.consume.StartingPositions.UnusablePositionException;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssignmentTest {

    @TempDir
    private java.nio.file.Path root;

    private final Configuration conf = new Configuration();
    private final FakeTopic topic = new FakeTopic(3);
    private MockConsumer<byte[], byte[]> consumer;

    @BeforeEach
    void open() {
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        conf.set(Settings.ROOT.key(), root.toUri().toString());
        conf.set(StreamSettings.TOPIC.key(), FakeTopic.NAME);
        IntStream.range(0, 30).forEach(i -> topic.append(i % 3, "{}"));
        consumer = (MockConsumer<byte[], byte[]>) topic.clients(1).consumer("one");
        consumer.assign(Set.of(partition(0), partition(1), partition(2)));
    }

    @Test
    void stopsWhereAllPositionsHaveExpiredAtAPartitionThatNothingIsKnownOfToo() throws IOException {
        publish(0, 7);
        publish(1, 5);

        for (int partition = 0; partition < 3; partition++) {
            int assigned = partition;
            assertThatThrownBy(() -> resolve(assigned))
                    .isInstanceOf(UnusablePositionException.class)
                    .hasMessageContaining(
                            "q events offsets --set 0:7,1:5,2:0 goes on where it was; of partition 2 it is not known");
        }
        assertThat(consumer.committed(Set.of(partition(2)))).containsEntry(partition(2), null);
    }

    @Test
    void readsNoManifestForAPartitionThatWasAdded() throws IOException {
        publish(0, 7);
        consumer.commitSync(Map.of(partition(0), Position.at(7).toCommit()));
        try (Stream<java.nio.file.Path> files = Files.walk(root)) {
            for (java.nio.file.Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, file.toString().contains("/done/") ? "no JSON" : Files.readString(file));
            }
        }

        assertThat(resolve(0, 1)).containsOnly(Map.entry(0, 7L), Map.entry(1, 0L));
    }

    @Test
    void goesOnWhereEachPartitionIsPublishedToOnceTold() throws IOException {
        conf.set(StreamSettings.LOST_OFFSETS.key(), "earliest");
        publish(0, 7);
        publish(1, 5);

        assertThat(resolve(0)).containsExactly(Map.entry(0, 7L));
        assertThat(resolve(1)).containsExactly(Map.entry(1, 5L));
    }

    @Test
    void beginsAPartitionThatNothingWasTakenOfAtItsFirstRecord() throws IOException {
        conf.set(StreamSettings.LOST_OFFSETS.key(), "earliest");
        conf.set(StreamSettings.START.key(), "latest");
        publish(0, 7);

        assertThat(resolve(0, 1, 2)).containsOnly(Map.entry(0, 7L), Map.entry(1, 0L), Map.entry(2, 0L));
    }

    @Test
    void commitsWhereItGoesOnAfterALossSoThatWhatIsDeletedLaterIsAnotherOne() throws IOException {
        conf.set(StreamSettings.LOST_OFFSETS.key(), "earliest");
        consumer.commitSync(Map.of(partition(0), Position.at(2).toCommit()));
        for (long begin : new long[] {5, 5, 9}) {
            consumer.updateBeginningOffsets(Map.of(partition(0), begin));
            assertThat(resolve(0)).containsExactly(Map.entry(0, begin));
            assertThat(topic.committed(0)).isEqualTo(begin);
        }

        assertThat(new LostOffsets(StreamFiles.of(conf)).all())
                .extracting(LostOffsets.Range::from, LostOffsets.Range::to)
                .containsExactly(tuple(2L, 5L), tuple(5L, 9L));
    }

    @Test
    void recordsWhatIsLostWholeAndNothingOfATopicThatWasCutOrMadeAnew() throws IOException {
        conf.set(StreamSettings.LOST_OFFSETS.key(), "earliest");
        String owner = StreamOwner.claim(StreamFiles.of(conf)).id();
        Position beyond = Position.at(300).of(new Position.Origin(FakeTopic.ID, owner));
        Position ofAnother = Position.at(2).of(new Position.Origin("topic-0", owner));
        consumer.updateBeginningOffsets(Map.of(partition(0), 5L, partition(1), 5L, partition(2), 5L));

        commit(Position.at(300), beyond, ofAnother);
        assertThat(resolve(0, 1, 2)).containsOnly(Map.entry(0, 5L), Map.entry(1, 10L), Map.entry(2, 5L));
        assertThat(new LostOffsets(StreamFiles.of(conf)).all()).isEmpty();

        commit(Position.at(2), Position.at(7), Position.at(5));
        assertThat(resolve(0, 1, 2)).containsOnly(Map.entry(0, 5L), Map.entry(1, 7L), Map.entry(2, 5L));
        assertThat(new LostOffsets(StreamFiles.of(conf)).all())
                .extracting(LostOffsets.Range::partition, LostOffsets.Range::from, LostOffsets.Range::to)
                .containsExactly(tuple(0, 2L, 5L));
    }

    private void commit(Position... positions) {
        for (int i = 0; i < positions.length; i++) {
            consumer.commitSync(Map.of(partition(i), positions[i].toCommit()));
        }
    }

    private Map<Integer, Long> resolve(Integer... partitions) throws IOException {
        StreamFiles files = StreamFiles.of(conf);
        Set<TopicPartition> assigned = new HashSet<>();
        List.of(partitions).forEach(number -> assigned.add(partition(number)));
        return new Assignment(files, StreamOwner.claim(files), new Manifests(files, Clock.systemUTC()))
                .resolve(assigned, FakeTopic.ID, consumer).entrySet().stream()
                        .collect(Collectors.toMap(
                                position -> position.getKey().partition(),
                                position -> position.getValue().next()));
    }

    /** An epoch of a partition that is published. */
    private void publish(int partition, long to) throws IOException {
        Manifests manifests = new Manifests(StreamFiles.of(conf), Clock.systemUTC());
        OffsetRange range = new OffsetRange(FakeTopic.NAME, partition, 0, to, 0, 0, to, 0);
        Manifest manifest =
                new Manifest(EpochId.of("one", Instant.now()), "one", FakeTopic.ID, List.of(), List.of(range));
        manifests.write(manifest);
        manifests.publish(manifest);
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(FakeTopic.NAME, number);
    }
}
