package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.Position;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.event.EventFileWriter;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

    private static final Instant NOW = Instant.parse("2024-07-04T18:00:00Z");
    private static final Instant LONG_AGO = NOW.minusSeconds(7_200);
    private static final EventHour HOUR = EventHour.parse("2024-07-04-17");

    @TempDir
    private java.nio.file.Path root;

    private StreamFiles files;
    private Manifests manifests;
    private Leftovers leftovers;

    @BeforeEach
    void open() throws IOException {
        Configuration conf = new Configuration();
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        conf.set(Settings.ROOT.key(), root.toUri().toString());
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        files = StreamFiles.of(conf);
        manifests = new Manifests(files, clock);
        leftovers = new Leftovers(files, manifests, clock);
    }

    @Test
    void publishesWhatAThreadHadCommittedAndRemovesTheRestOfIt() throws IOException {
        Manifest committed = sealed("one", 0);
        Manifest uncommitted = sealed("one", 1);
        Manifest others = sealed("two", 1);
        Path unsealed = unsealed("one", NOW);

        assertThat(leftovers.finishOwn("one", consumerAt(0, committed.epoch()))).isTrue();

        assertThat(manifests.done()).containsExactly(committed);
        assertThat(manifests.pending()).containsExactly(others);
        assertThat(files.fs().exists(path(committed.files().get(0).target()))).isTrue();
        assertThat(files.fs().exists(path(uncommitted.files().get(0).staged()))).isFalse();
        assertThat(files.fs().exists(unsealed)).isFalse();
    }

    @Test
    void saysThatNothingIsConsumedAgainWhereAllWasCommitted() throws IOException {
        Manifest committed = sealed("one", 0);

        assertThat(leftovers.finishOwn("one", consumerAt(0, committed.epoch()))).isFalse();
    }

    @Test
    void adoptsWhatIsCommittedAndRemovesWhatNeverCanBe() throws IOException {
        Manifest committed = sealed("one", 0);
        Manifest passed = sealed("two", 1);
        Manifest undecided = sealed("three", 2);
        Path old = unsealed("four", LONG_AGO);
        Path young = unsealed("five", NOW);
        Map<TopicPartition, Position> positions = Map.of(
                partition(0), position(10, committed.epoch()),
                partition(1), position(20, "another"),
                partition(2), position(0, "another"));

        assertThat(leftovers.adopt(positions)).isEqualTo(1);
        assertThat(leftovers.adopt(positions)).as("there is nothing left").isZero();

        assertThat(manifests.done()).containsExactly(committed);
        assertThat(manifests.pending()).containsExactly(undecided).doesNotContain(passed);
        assertThat(files.fs().exists(old)).isFalse();
        assertThat(files.fs().exists(young)).isTrue();
    }

    private Manifest sealed(String instance, int partition) throws IOException {
        String epoch = EpochId.of(instance, NOW);
        StagedFiles staged = new StagedFiles(files, instance, epoch);
        staged.open(HOUR, files.open(HOUR), "", EventFileWriter::open);
        OffsetRange range = new OffsetRange(FakeTopic.NAME, partition, 0, 10, 10, 0, 0, 0);
        Manifest manifest = new Manifest(epoch, instance, FakeTopic.ID, staged.close(), List.of(range));
        manifests.write(manifest);
        return manifest;
    }

    private Path unsealed(String instance, Instant begin) throws IOException {
        Path directory = files.staging(instance, EpochId.of(instance, begin));
        files.fs().mkdirs(directory);
        return directory;
    }

    private static Consumer<byte[], byte[]> consumerAt(int partition, String epoch) {
        Consumer<byte[], byte[]> consumer = new FakeTopic(2).clients(1).consumer("one");
        consumer.commitSync(Map.of(partition(partition), position(10, epoch).toCommit()));
        return consumer;
    }

    private static Position position(long next, String epoch) {
        return new Position(next, Optional.of(epoch), 0, 0, 0, Optional.empty());
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(FakeTopic.NAME, number);
    }

    private Path path(String belowRoot) {
        return files.resolve(belowRoot);
    }
}
