package com.qcompany.batch.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.merge.SalesRemoval.Sale;
import com.qcompany.batch.publish.Publisher;
import com.qcompany.batch.publish.RunRow;
import com.qcompany.batch.publish.SalesReader;
import com.qcompany.batch.publish.TestWarehouse;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashPoint.Killed;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.ParquetReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges by real jobs on the local runner. */
class MergeTest {

    private static final Table BASE = StarSchema.SALES_BASE;
    private static final Table KEYS = StarSchema.TRANSACTION_KEYS;
    private static final Duration PAST_RETENTION = Duration.ofDays(2);

    @TempDir
    Path temp;

    private final Instant now = Instant.now();
    private TestWarehouse warehouse;

    @BeforeEach
    void loadTwice() throws IOException {
        warehouse = new TestWarehouse(temp.resolve("q"));
        warehouse.publish(warehouse
                .run("load1")
                .sales("2024-01-01", "a1", "a3")
                .sales("2024-01-02", "b1")
                .loading());
        warehouse.publish(warehouse
                .run("load2")
                .sales("2024-01-01", "a2")
                .sales("2024-01-03", "c1")
                .loading());
    }

    @Test
    void bringsTheDeltasToOneFileADateInTheOrderOfIds() throws IOException {
        Snapshot after = merge(now);

        assertThat(after.mergedUpTo()).isEqualTo(2);
        assertThat(after.partitionsOf(BASE)).containsOnlyKeys("2024-01-01", "2024-01-02", "2024-01-03");
        assertThat(after.partitionsOf(BASE).values())
                .allMatch(version -> version.files().size() == 1);
        assertThat(rows(BASE, "2024-01-01"))
                .extracting(row -> row.text("transaction_id") + "@" + row.get("added_in"))
                .containsExactly("a1@1", "a2@2", "a3@1");
        assertThat(after.partitionsOf(StarSchema.SALES_DELTA)).containsOnlyKeys("1", "2");
        assertThat(warehouse.visibleSales()).containsExactly("a1", "a2", "a3", "b1", "c1");
    }

    @Test
    void rewritesOnlyTheDatesThatNewDeltasTouch() throws IOException {
        merge(now);
        warehouse.publish(warehouse.run("load4").sales("2024-01-02", "b2").loading());

        Snapshot after = merge(now);

        assertThat(after.partitionsOf(BASE).values())
                .extracting(Version::number)
                .containsExactly(3L, 5L, 3L);
        assertThat(warehouse.visibleSales()).containsExactly("a1", "a2", "a3", "b1", "b2", "c1");
    }

    @Test
    void findsNothingToDoTheSecondTime() throws IOException {
        Snapshot once = merge(now);

        assertThat(merge(now)).isEqualTo(once);
        assertThat(warehouse.latest()).isEqualTo(once);
    }

    @Test
    void forgetsMergedDeltasOnceTheRetentionHasPassed() throws IOException {
        merge(now);

        Snapshot after = merge(now.plus(PAST_RETENTION));

        assertThat(after.partitionsOf(StarSchema.SALES_DELTA)).isEmpty();
        assertThat(warehouse.visibleSales()).containsExactly("a1", "a2", "a3", "b1", "c1");
    }

    @Test
    void keepsRemovedSalesForQueriesThatSeeThemAndDropsThemAfterwards() throws IOException {
        warehouse.publish(warehouse
                .run("correct3")
                .remove(new Sale("a1", "2024-01-01", 1))
                .sale("2024-01-01", "a1", 9)
                .loading());
        merge(now);
        assertThat(rows(BASE, "2024-01-01"))
                .extracting(row -> row.text("transaction_id") + "-" + row.get("removed_in"))
                .containsExactly("a1-3", "a1-null", "a2-null", "a3-null");
        warehouse.publish(warehouse.run("load5").sales("2024-01-01", "a4").loading());

        merge(now.plus(PAST_RETENTION));

        assertThat(rows(BASE, "2024-01-01"))
                .extracting(row -> row.text("transaction_id") + "-" + row.get("units"))
                .containsExactly("a1-9", "a2-3", "a3-3", "a4-3");
    }

    @Test
    void dropsRemovedSalesOfDatesThatNoDeltaTouches() throws IOException {
        warehouse.publish(warehouse
                .run("correct3")
                .remove(new Sale("a1", "2024-01-01", 1))
                .sale("2024-01-03", "a1", 9)
                .loading());
        merge(now);
        assertThat(merge(now).sequence()).isEqualTo(4);

        Snapshot after = merge(now.plus(PAST_RETENTION));

        assertThat(rows(BASE, "2024-01-01"))
                .extracting(row -> row.text("transaction_id"))
                .containsExactly("a2", "a3");
        assertThat(after.partitionsOf(BASE).values())
                .extracting(Version::number)
                .containsExactly(5L, 4L, 4L);
        assertThat(warehouse.visibleSales()).containsExactly("a1", "a2", "a3", "b1", "c1");
        assertThat(merge(now.plus(PAST_RETENTION))).isEqualTo(after);
    }

    @Test
    void forgetsADateOfWhichNoSaleIsLeft() throws IOException {
        warehouse.publish(warehouse
                .run("correct3")
                .remove(new Sale("b1", "2024-01-02", 1))
                .sale("2024-01-03", "b1", 9)
                .loading());
        merge(now);

        Snapshot after = merge(now.plus(PAST_RETENTION));

        assertThat(after.partitionsOf(BASE)).containsOnlyKeys("2024-01-01", "2024-01-03");
        assertThat(new SalesReader(warehouse).findPartitions().list().open()).hasSize(5);
        assertThat(merge(now.plus(PAST_RETENTION))).isEqualTo(after);
    }

    @Test
    void queriesThatBeganBeforeSeeTheirPublishWhateverFollows() throws IOException {
        merge(now);
        warehouse.publish(warehouse.run("load4").sales("2024-01-02", "b2").loading());
        SalesReader lists = new SalesReader(warehouse).findPartitions().list();
        SalesReader looksUp = new SalesReader(warehouse);

        warehouse.publish(warehouse.run("load5").sales("2024-01-01", "a4").loading());
        warehouse.publish(warehouse.run("load6").sales("2024-01-02", "b3").loading());
        merge(now);
        warehouse.publish(warehouse
                .run("correct8")
                .remove(new Sale("b2", "2024-01-02", 4), new Sale("a1", "2024-01-01", 1))
                .sale("2024-01-03", "b2", 9)
                .sale("2024-01-01", "a1", 8)
                .loading());
        merge(now);

        assertThat(sales(lists)).containsExactly("a1:3", "a2:3", "a3:3", "b1:3", "b2:3", "c1:3");
        assertThat(sales(looksUp.findPartitions().list())).isEqualTo(sales(lists));
        assertThat(sales(new SalesReader(warehouse).findPartitions().list()))
                .containsExactly("a1:8", "a2:3", "a3:3", "a4:3", "b1:3", "b2:9", "b3:3", "c1:3");
    }

    @Test
    void namesALostFileOfTheBaseAndPublishesNothing() throws IOException {
        merge(now);
        Snapshot before = warehouse.publish(
                warehouse.run("load4").sales("2024-01-02", "b2").loading());
        DataFile lost = DataFile.of(before, warehouse.layout, BASE).get(1);
        warehouse.fs().delete(lost.path(), false);

        assertThatThrownBy(() -> merge(now))
                .hasMessageStartingWith("Cannot trust sales_base")
                .hasMessageContaining("transaction_date=2024-01-02")
                .hasMessageContaining("nothing was changed");

        assertThat(warehouse.latest()).isEqualTo(before);
    }

    @Test
    void killedBetweenJobAndPublishItBeginsAnew() throws IOException {
        Snapshot before = warehouse.latest();
        assertThatThrownBy(() -> merge(warehouse.publisher(CrashPoint.before(0)), now))
                .isInstanceOf(Killed.class);
        assertThat(warehouse.fs().listStatus(warehouse.layout.stagingRoot())).hasSize(1);

        assertThat(warehouse.publisher().recover()).isEqualTo(before);
        merge(now);

        assertThat(warehouse.fs().listStatus(warehouse.layout.stagingRoot())).isEmpty();
        assertThat(warehouse.visibleSales()).containsExactly("a1", "a2", "a3", "b1", "c1");
    }

    @Test
    void mergesSegmentsOfKeysAndKeepsTheNewestOfAnId() throws IOException {
        warehouse.publish(warehouse
                .run("load3")
                .append(KEYS, List.of("3"), List.of(key("t1", 3), key("t2", 3)))
                .loading());
        warehouse.publish(warehouse
                .run("load4")
                .append(KEYS, List.of("4"), List.of(key("t0", 4), key("t1", 4)))
                .loading());

        Snapshot after = merge(now);

        assertThat(after.partitionsOf(KEYS)).containsOnlyKeys("5");
        assertThat(rows(KEYS, "5"))
                .extracting(row -> row.text("transaction_id") + "@" + row.get("added_in"))
                .containsExactly("t0@4", "t1@4", "t2@3");
    }

    @Test
    void sortsTheKeysOfEveryFileWhateverTheNumberOfReducers() throws IOException {
        for (int publish = 3; publish <= 4; publish++) {
            List<Row> keys = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                keys.add(key("t%03d".formatted(2 * i + publish), publish));
            }
            warehouse.publish(warehouse
                    .run("load" + publish)
                    .append(KEYS, List.of(Integer.toString(publish)), keys)
                    .loading());
        }
        warehouse.conf.setInt(Settings.LOAD_REDUCERS.key(), 12);

        List<DataFile> files = DataFile.of(merge(now), warehouse.layout, KEYS);

        assertThat(files).hasSize(12);
        for (DataFile file : files) {
            List<String> ids = new ArrayList<>();
            ParquetRows.forEach(
                    ParquetRows.reader(KEYS, file.path(), warehouse.conf), row -> ids.add(row.text("transaction_id")));
            assertThat(ids).isSorted();
        }
    }

    @Test
    void bringsRunsOfPassedDaysToOneFileAndDropsRetiredOnes() throws IOException {
        Instant yesterday = now.minus(Duration.ofDays(1));
        publishRun("run-a", yesterday);
        publishRun("run-b", yesterday);
        publishRun("run-old", now.minus(Duration.ofDays(401)));

        Snapshot after = merge(now);

        assertThat(after.partitionsOf(StarSchema.LOAD_RUNS)).containsOnlyKeys(date(yesterday), date(now));
        assertThat(after.partitionsOf(StarSchema.LOAD_RUNS).get(date(yesterday)).files())
                .hasSize(1);
        assertThat(rows(StarSchema.LOAD_RUNS, date(yesterday)))
                .extracting(row -> row.text("run_id"))
                .containsExactly("run-a", "run-b");
        assertThat(rows(StarSchema.LOAD_RUNS, date(now)))
                .extracting(row -> row.text("command"))
                .containsExactly("compact");
    }

    @Test
    void isDueWhereAsManyDeltasAreNotMergedAsTheSettingSays() throws IOException {
        Snapshot before = warehouse.latest();
        warehouse.conf.setInt(Settings.COMPACT_MAX_DELTAS.key(), 3);
        assertThat(mergeIfDue(before)).isEqualTo(before);
        warehouse.conf.setInt(Settings.COMPACT_MAX_DELTAS.key(), 0);
        assertThat(mergeIfDue(before)).isEqualTo(before);

        warehouse.conf.setInt(Settings.COMPACT_MAX_DELTAS.key(), 2);
        assertThat(mergeIfDue(before).mergedUpTo()).isEqualTo(2);
    }

    private Snapshot mergeIfDue(Snapshot before) throws IOException {
        return new Merge(warehouse.run(warehouse.publisher(), clock(now))).mergeIfDue(before);
    }

    private Snapshot merge(Instant instant) throws IOException {
        return merge(warehouse.publisher(), instant);
    }

    private Snapshot merge(Publisher publisher, Instant instant) throws IOException {
        return new Merge(warehouse.run(publisher, clock(instant))).merge(warehouse.latest());
    }

    private static Clock clock(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    private void publishRun(String id, Instant start) throws IOException {
        Row row = new RunRow(id, "load", "published", start, start).row();
        warehouse.publish(warehouse
                .run(id)
                .append(StarSchema.LOAD_RUNS, List.of(date(start)), List.of(row))
                .loading());
    }

    private static String date(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
    }

    private static Row key(String id, long addedIn) {
        return new Row(KEYS)
                .set("transaction_id", id)
                .set("transaction_date", "2024-01-01")
                .set("added_in", addedIn)
                .set("content_digest", 7L)
                .set("group_sequence", 1L);
    }

    private List<Row> rows(Table table, String partition) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (DataFile file : DataFile.of(warehouse.latest(), warehouse.layout, table)) {
            if (file.partition().equals(List.of(partition))) {
                try (ParquetReader<Row> reader = ParquetRows.reader(table, file.path(), warehouse.conf)) {
                    for (Row row = reader.read(); row != null; row = reader.read()) {
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    private static List<String> sales(SalesReader reader) throws IOException {
        return reader.open().stream()
                .map(row -> row.text("transaction_id") + ":" + row.get("units"))
                .sorted()
                .toList();
    }
}
