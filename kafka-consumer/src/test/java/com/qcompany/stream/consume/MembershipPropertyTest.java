package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.parquet.hadoop.ParquetReader;

/** Whatever comes in, however it is cut into polls and epochs, and wherever the process dies: nothing lost or doubled. */
class MembershipPropertyTest {

    private static final int PARTITIONS = 2;

    /** What a record is. */
    enum Kind {
        GOOD("{\"eventType\":\"addToCart\",\"timestamp\":\"2024-07-04T%02d:00:01\",\"quantity\":1}"),
        BROKEN("{\"eventType\":%02d"),
        TOMBSTONE(null);

        private final String value;

        Kind(String value) {
            this.value = value;
        }

        String value(int hour) {
            return value == null ? null : value.formatted(hour);
        }
    }

    /** Where a process dies: at a step, the time it is reached. */
    record Death(ProtocolStep step, int time) {}

    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void consumedIsPublishedAndRejectedAndSkipped(
            @ForAll("kinds") List<Kind> kinds,
            @ForAll("deaths") List<Death> deaths,
            @ForAll @IntRange(min = 1, max = 20) int recordsPerPoll,
            @ForAll @IntRange(min = 1, max = 3) int maxOpenFiles)
            throws IOException {
        java.nio.file.Path root = Files.createTempDirectory("session");
        try {
            Configuration conf = conf(root, maxOpenFiles);
            FakeTopic topic = new FakeTopic(PARTITIONS);
            List<String> good = new ArrayList<>();
            List<String> broken = new ArrayList<>();
            for (int i = 0; i < kinds.size(); i++) {
                int partition = i % PARTITIONS;
                long offset = topic.append(partition, kinds.get(i).value(i % 7));
                if (kinds.get(i) == Kind.GOOD) {
                    good.add(partition + ":" + offset);
                } else if (kinds.get(i) == Kind.BROKEN) {
                    broken.add(partition + ":" + offset);
                }
            }

            for (Death death : deaths) {
                live(conf, topic, recordsPerPoll, death);
            }
            live(conf, topic, recordsPerPoll, new Death(ProtocolStep.ROWS_TAKEN, Integer.MAX_VALUE));

            assertThat(identities(conf, "stream/open", StarSchema.KAFKA, "kafka_partition", "kafka_offset"))
                    .containsExactlyInAnyOrderElementsOf(good);
            assertThat(identities(
                            conf,
                            "tables/rejected_events",
                            StarSchema.REJECTED_EVENTS,
                            "kafka_partition",
                            "kafka_offset"))
                    .containsExactlyInAnyOrderElementsOf(broken);
            assertThat(accounted(conf)).isEqualTo(kinds.size());
        } finally {
            FileUtils.deleteDirectory(root.toFile());
        }
    }

    @Provide
    Arbitrary<List<Kind>> kinds() {
        return Arbitraries.of(Kind.GOOD, Kind.GOOD, Kind.GOOD, Kind.BROKEN, Kind.TOMBSTONE)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<Death>> deaths() {
        return Arbitraries.of(ProtocolStep.values())
                .flatMap(step -> Arbitraries.integers().between(1, 3).map(time -> new Death(step, time)))
                .list()
                .ofMaxSize(4);
    }

    /** One life of a consumer thread, until everything is committed or it dies. */
    private static void live(Configuration conf, FakeTopic topic, int recordsPerPoll, Death death) throws IOException {
        AtomicInteger left = new AtomicInteger(death.time());
        ProtocolStep.Listener killer = step -> {
            if (step == death.step() && left.decrementAndGet() == 0) {
                throw new Killed();
            }
        };
        Clock clock = Clock.systemUTC();
        StreamFiles files = StreamFiles.of(conf);
        StreamMetrics metrics = new StreamMetrics(new SimpleMeterRegistry(), clock);
        WorkerContext context = new WorkerContext(
                conf,
                "one",
                files.layout(),
                EndCondition.untilCaughtUp(topic.ends(), clock),
                files.manifests(conf, clock, killer),
                new LostOffsets(files.fs(), files.layout()),
                metrics,
                new Outage(clock, Duration.ofSeconds(1)),
                clock,
                StreamOwner.claim(files.fs(), files.layout(), "g"),
                () -> FakeTopic.ID,
                new AtomicBoolean(),
                killer);
        MockConsumer<byte[], byte[]> consumer = topic.consumer(recordsPerPoll);
        try {
            new Membership(consumer, new ConsumerCommit(consumer), context, new EpochWriter(conf, metrics)).run();
        } catch (Killed e) {
            return; // its files and positions stay as they are
        }
    }

    private static Configuration conf(java.nio.file.Path root, int maxOpenFiles) {
        Configuration conf = new Configuration();
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        conf.set(Settings.ROOT.key(), root.toUri().toString());
        conf.set(StreamSettings.TOPIC.key(), FakeTopic.NAME);
        conf.set(StreamSettings.FLUSH_INTERVAL.key(), "0");
        conf.setInt(StreamSettings.MAX_OPEN_FILES.key(), maxOpenFiles);
        return conf;
    }

    private static long accounted(Configuration conf) throws IOException {
        Manifests manifests = StreamFiles.of(conf).manifests(conf, Clock.systemUTC(), step -> {});
        assertThat(manifests.pending()).isEmpty();
        return manifests.done().stream()
                .flatMap(manifest -> manifest.ranges().stream())
                .mapToLong(range -> range.published() + range.rejected() + range.tombstones())
                .sum();
    }

    private static List<String> identities(Configuration conf, String below, Table table, String first, String second)
            throws IOException {
        List<String> found = new ArrayList<>();
        Path root = new Path(Settings.ROOT.get(conf), below);
        FileSystem fs = root.getFileSystem(conf);
        try {
            RemoteIterator<LocatedFileStatus> files = fs.listFiles(root, true);
            while (files.hasNext()) {
                try (ParquetReader<Row> rows = ParquetRows.reader(
                        table.project(List.of(first, second)), files.next().getPath(), conf)) {
                    for (Row row = rows.read(); row != null; row = rows.read()) {
                        found.add(row.get(first) + ":" + row.get(second));
                    }
                }
            }
        } catch (FileNotFoundException e) {
            return found;
        }
        return found;
    }
}
