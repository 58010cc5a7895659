package com.qcompany.batch.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

    private static final Duration RETAIN = Duration.ofHours(24);

    @TempDir
    Path temp;

    private TestWarehouse warehouse;

    @BeforeEach
    void publishTwoVersionsOfADateAndADimension() throws IOException {
        warehouse = new TestWarehouse(temp.resolve("q"));
        warehouse.conf.setLong(Settings.COMPACT_RETAIN.key(), RETAIN.toSeconds());
        warehouse.publish(warehouse
                .run("load1")
                .sales("2024-01-01", "a1")
                .dimension(StarSchema.CUSTOMER_DIM, "customers 1")
                .loading(1L));
        warehouse.publish(
                warehouse.run("merge2").base("2024-01-01", "a1@1").merged().loading());
        warehouse.publish(warehouse
                .run("load3")
                .sales("2024-01-01", "a2")
                .dimension(StarSchema.CUSTOMER_DIM, "customers 3")
                .loading(2L));
        warehouse.publish(warehouse
                .run("merge4")
                .base("2024-01-01", "a1@1", "a2@3")
                .drop(new Partition(StarSchema.SALES_DELTA, List.of("1")))
                .merged()
                .loading());
    }

    @Test
    void keepsWhatWasSupersededWithinTheRetention() throws IOException {
        SortedMap<String, String> before = warehouse.contents();

        sweep(now().plus(RETAIN).minusSeconds(60));

        assertThat(warehouse.contents()).isEqualTo(before);
    }

    @Test
    void deletesOnlyWhatWasSupersededBeforeTheRetention() throws IOException {
        SortedMap<String, List<String>> visible = warehouse.visible();

        sweep(now().plus(RETAIN).plusSeconds(60));

        assertThat(warehouse.layout.tableVersion(StarSchema.CUSTOMER_DIM, 1)).matches(this::isGone);
        assertThat(version(2)).matches(this::isGone);
        assertThat(delta(1)).matches(this::isGone);
        assertThat(delta(3)).matches(path -> !isGone(path));
        assertThat(warehouse.visible()).isEqualTo(visible);
        assertThat(warehouse.visibleSales()).containsExactly("a1", "a2");
    }

    @Test
    void retainsNoPublishOfWhichARunThatRetainedLessHasDeletedSomething() throws IOException {
        assertThat(retention(now()).retained())
                .as("the merge dropped a delta of the first")
                .containsExactly(2L, 3L, 4L);

        sweep(now().plus(RETAIN).plusSeconds(60));

        assertThat(retention(now()).retained()).containsExactly(4L);
    }

    @Test
    void deletesADirectoryOnceHoweverManyStatesNameIt() throws IOException {
        for (int i = 5; i <= 9; i++) {
            warehouse.publish(warehouse.run("load" + i).loading((long) i));
        }
        warehouse.publish(warehouse
                .run("merge10")
                .base("2024-01-01", "a1@1", "a2@3")
                .merged()
                .loading());
        List<String> deleted = new ArrayList<>();
        FileSystem counting = new FilterFileSystem(warehouse.fs()) {
            @Override
            public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
                deleted.add(path.toString());
                return super.delete(path, recursive);
            }
        };

        new Retention(
                        counting,
                        warehouse.layout,
                        warehouse.conf,
                        Clock.fixed(now().plus(RETAIN).plusSeconds(60), ZoneOffset.UTC))
                .sweep(warehouse.latest());

        assertThat(deleted).contains(version(4).toString()).doesNotHaveDuplicates();
    }

    @Test
    void countsTheAgeFromTheSupersedingAndNotFromTheWriting() throws IOException {
        Instant longAgo = now().minus(RETAIN.multipliedBy(3));
        age(1, longAgo);
        age(2, longAgo);
        age(3, longAgo);

        sweep(now());

        assertThat(warehouse.layout.tableVersion(StarSchema.CUSTOMER_DIM, 1)).matches(this::isGone);
        assertThat(version(2)).matches(path -> !isGone(path));
    }

    @Test
    void keepsTheLastFiftyEntriesAndForgetsOlderOnes() throws IOException {
        for (int i = 5; i <= 60; i++) {
            warehouse.publish(warehouse.run("load" + i).loading((long) i));
        }

        sweep(now().plus(RETAIN).plusSeconds(60));

        assertThat(names("journal")).hasSize(50).startsWith("0000000011.json").endsWith("0000000060.json");
        assertThat(names("snapshots")).isEqualTo(names("journal"));
        assertThat(version(2)).matches(this::isGone);
    }

    @Test
    void keepsTheOldestStateInUseHoweverManyFollow() throws IOException {
        for (int i = 5; i <= 60; i++) {
            warehouse.publish(warehouse.run("load" + i).loading((long) i));
        }
        age(1, now().minus(RETAIN).minusSeconds(120));
        age(2, now().minus(RETAIN).minusSeconds(60));

        sweep(now());

        assertThat(names("snapshots")).hasSize(59).startsWith("0000000002.json");
        assertThat(retention(now()).oldestInUse()).map(Snapshot::sequence).contains(2L);
    }

    @Test
    void sweepingTwiceIsSweepingOnce() throws IOException {
        Instant later = now().plus(RETAIN).plusSeconds(60);
        sweep(later);
        SortedMap<String, String> once = warehouse.contents();

        sweep(later);

        assertThat(warehouse.contents()).isEqualTo(once);
    }

    private void sweep(Instant now) throws IOException {
        retention(now).sweep(warehouse.latest());
    }

    private Retention retention(Instant now) {
        return new Retention(warehouse.fs(), warehouse.layout, warehouse.conf, Clock.fixed(now, ZoneOffset.UTC));
    }

    /** The file system's time, of the last publish. */
    private Instant now() throws IOException {
        Snapshot current = warehouse.latest();
        return Instant.ofEpochMilli(warehouse
                .fs()
                .getFileStatus(warehouse.layout.snapshots().file(current.sequence()))
                .getModificationTime());
    }

    private void age(long sequence, Instant instant) throws IOException {
        warehouse.fs().setTimes(warehouse.layout.snapshots().file(sequence), instant.toEpochMilli(), -1);
    }

    @Test
    void theOldestStateInUseIsTheOneThatWasCurrentWhenTheOldestQueryBegan() throws IOException {
        Instant now = now();
        age(1, now.minus(RETAIN).minusSeconds(120));
        age(2, now.minus(RETAIN).minusSeconds(60));
        age(3, now.minus(RETAIN).plusSeconds(60));

        assertThat(retention(now).oldestInUse()).map(Snapshot::sequence).contains(2L);
        assertThat(retention(now.plusSeconds(120)).oldestInUse())
                .map(Snapshot::sequence)
                .contains(3L);
    }

    @Test
    void noStateIsTheOldestInUseWhereEveryOneIsYoung() throws IOException {
        assertThat(retention(now()).oldestInUse()).isEmpty();
    }

    private org.apache.hadoop.fs.Path delta(long addedIn) {
        return warehouse.layout.partitionVersion(StarSchema.SALES_DELTA, List.of(Long.toString(addedIn)), addedIn);
    }

    private org.apache.hadoop.fs.Path version(long version) {
        return warehouse.layout.partitionVersion(StarSchema.SALES_BASE, List.of("2024-01-01"), version);
    }

    private boolean isGone(org.apache.hadoop.fs.Path path) {
        return !Files.exists(Path.of(path.toUri()));
    }

    private List<String> names(String kind) throws IOException {
        try (var files = Files.list(Path.of(warehouse.layout.state(kind).toUri()))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
