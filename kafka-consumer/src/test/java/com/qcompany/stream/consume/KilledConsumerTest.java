package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashPoint.Killed;
import com.qcompany.warehouse.fake.FaultyFileSystem;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.parquet.hadoop.ParquetReader;

/** Whatever comes in, however it is cut into polls and epochs, and wherever the process dies: nothing lost or doubled. */
@Tag("slow")
class KilledConsumerTest {

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

    /** Where a process dies: at a change of the file system, before it or when it is done but not answered. */
    record Death(int step, boolean answerLost) {

        static Death never() {
            return new Death(Integer.MAX_VALUE, false);
        }

        CrashPoint point() {
            return answerLost ? CrashPoint.after(step) : CrashPoint.before(step);
        }
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void consumedIsPublishedAndRejectedAndSkipped(
            @ForAll("kinds") List<Kind> kinds,
            @ForAll("deaths") List<Death> deaths,
            @ForAll @IntRange(min = 1, max = 20) int recordsPerPoll,
            @ForAll @IntRange(min = 1, max = 3) int maxOpenFiles)
            throws Exception {
        Stream stream = new Stream(maxOpenFiles, recordsPerPoll);
        try {
            kinds.forEach(stream::append);
            for (Death death : deaths) {
                stream.live(death);
            }
            stream.live(Death.never());

            stream.requireWhole();
        } finally {
            stream.remove();
        }
    }

    @Example
    void killedAtAnyStepItIsCompletedByTheNextLife() throws Exception {
        boolean isReached = true;
        int step = 0;
        for (; isReached; step++) {
            for (boolean answerLost : new boolean[] {false, true}) {
                Stream stream = new Stream(2, 3);
                try {
                    List.of(Kind.GOOD, Kind.BROKEN, Kind.GOOD, Kind.TOMBSTONE, Kind.GOOD, Kind.GOOD, Kind.GOOD)
                            .forEach(stream::append);
                    isReached = stream.live(new Death(step, answerLost));
                    stream.live(Death.never());

                    stream.requireWhole();
                } finally {
                    stream.remove();
                }
            }
        }
        assertThat(step).as("steps").isGreaterThan(20);
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
        return Combinators.combine(Arbitraries.integers().between(0, 60), Arbitraries.of(true, false))
                .as(Death::new)
                .list()
                .ofMaxSize(4);
    }

    /** A topic, the files that come of it, and what they have to be. */
    private static final class Stream {

        private final Configuration conf = new Configuration();
        private final FakeTopic topic = new FakeTopic(PARTITIONS);
        private final java.nio.file.Path root = Files.createTempDirectory("stream");
        private final int recordsPerPoll;
        private final List<String> good = new ArrayList<>();
        private final List<String> broken = new ArrayList<>();
        private int sent;

        Stream(int maxOpenFiles, int recordsPerPoll) throws IOException {
            this.recordsPerPoll = recordsPerPoll;
            conf.set(Settings.ROOT.key(), root.toUri().toString());
            conf.set(StreamSettings.TOPIC.key(), FakeTopic.NAME);
            conf.set(StreamSettings.FLUSH_INTERVAL.key(), "0");
            conf.setInt(StreamSettings.MAX_OPEN_FILES.key(), maxOpenFiles);
            conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
            StreamOwner.claim(StreamFiles.of(conf));
        }

        void append(Kind kind) {
            int partition = sent % PARTITIONS;
            String identity = partition + ":" + topic.append(partition, kind.value(sent % 7));
            sent++;
            if (kind == Kind.GOOD) {
                good.add(identity);
            } else if (kind == Kind.BROKEN) {
                broken.add(identity);
            }
        }

        /** One life of a consumer thread, until everything is committed or it dies; whether it died. */
        boolean live(Death death) throws Exception {
            FaultyFileSystem.crashAt(death.point(), conf);
            EndCondition end = EndCondition.untilCaughtUp(topic.ends(), Clock.systemUTC());
            try {
                new ConsumerThread(topic.context(conf, end), topic.clients(recordsPerPoll)).call();
                return false;
            } catch (Killed e) {
                return true; // its files and positions stay as they are
            }
        }

        void requireWhole() throws IOException {
            assertThat(identities("stream/open", StarSchema.KAFKA)).containsExactlyInAnyOrderElementsOf(good);
            assertThat(identities("tables/rejected_events", StarSchema.REJECTED_EVENTS))
                    .containsExactlyInAnyOrderElementsOf(broken);
            Manifests manifests = new Manifests(StreamFiles.of(conf), Clock.systemUTC());
            assertThat(manifests.pending()).isEmpty();
            assertThat(manifests.done().stream()
                            .flatMap(manifest -> manifest.ranges().stream())
                            .mapToLong(range -> range.published() + range.rejected() + range.tombstones())
                            .sum())
                    .isEqualTo(sent);
        }

        private List<String> identities(String below, Table table) throws IOException {
            List<String> found = new ArrayList<>();
            Path directory = new Path(Settings.ROOT.get(conf), below);
            FileSystem fs = directory.getFileSystem(conf);
            try {
                RemoteIterator<LocatedFileStatus> files = fs.listFiles(directory, true);
                while (files.hasNext()) {
                    ParquetReader<Row> rows = ParquetRows.reader(
                            table.project(List.of("kafka_partition", "kafka_offset")),
                            files.next().getPath(),
                            conf);
                    ParquetRows.forEach(
                            rows, row -> found.add(row.get("kafka_partition") + ":" + row.get("kafka_offset")));
                }
            } catch (FileNotFoundException e) {
                return found;
            }
            return found;
        }

        void remove() throws IOException {
            FileUtils.deleteDirectory(root.toFile());
        }
    }
}
