package com.qcompany.batch.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.merge.SalesRemoval.Sale;
import com.qcompany.batch.publish.MemoryCatalog.View;
import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashPoint.Killed;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.LeaseCheck;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PublisherTest {

    @TempDir
    Path temp;

    @Test
    void showsEveryRowOnceAndLeavesNoStaging() throws IOException {
        TestWarehouse warehouse = warehouse("plain");

        Snapshot after = warehouse.publish(merge(warehouse));

        assertThat(warehouse.visibleSales()).containsExactly("a1", "a2", "a3", "b1", "c1");
        assertThat(after.sequence()).isEqualTo(3);
        assertThat(after.isDecided(2)).isTrue();
        assertThat(warehouse.catalog.view()).isEqualTo(new View(2, 3));
        assertThat(staging(warehouse)).isEmpty();
    }

    @Test
    void aCorrectionShowsTheNewRowAndNotTheOldOne() throws IOException {
        TestWarehouse warehouse = new TestWarehouse(temp.resolve("corrected"));
        loadsAndMerge(warehouse);
        SalesReader before = new SalesReader(warehouse);

        warehouse.publish(correction(warehouse));

        assertThat(units(before)).containsExactly("a1:3", "a2:3", "a3:3", "b1:3", "c1:3", "d1:3", "e1:3");
        assertThat(units(new SalesReader(warehouse)))
                .containsExactly("a1:9", "a2:3", "a3:3", "b1:3", "c1:8", "d1:7", "e1:3");
    }

    @Test
    void killedBeforeAnyStepOfALoadItIsCompletedOrDiscarded() throws IOException {
        killedAnywhere(CrashPoint::before, PublisherTest::firstLoad, PublisherTest::secondLoad);
    }

    @Test
    void killedAfterAnyStepOfALoadItIsCompletedOrDiscarded() throws IOException {
        killedAnywhere(CrashPoint::after, PublisherTest::firstLoad, PublisherTest::secondLoad);
    }

    @Test
    void killedBeforeAnyStepOfAMergeItIsCompletedOrDiscarded() throws IOException {
        killedAnywhere(CrashPoint::before, PublisherTest::loadsAndMerge, PublisherTest::secondMerge);
    }

    @Test
    void killedAfterAnyStepOfAMergeItIsCompletedOrDiscarded() throws IOException {
        killedAnywhere(CrashPoint::after, PublisherTest::loadsAndMerge, PublisherTest::secondMerge);
    }

    @Test
    void showsSalesAfterTheirDimensionsAndBeforeTheRunThatTellsOfThem() throws IOException {
        boolean reached = true;
        for (int step = 0; reached; step++) {
            TestWarehouse warehouse = new TestWarehouse(temp.resolve("order-" + step));
            Snapshot before = firstLoad(warehouse);
            PublishRequest request = secondLoad(warehouse);
            Publisher doomed = warehouse.publisher(CrashPoint.after(step));

            reached = killed(() -> doomed.publish(before, request));

            SortedMap<String, List<String>> visible = warehouse.visible();
            boolean shown = warehouse.catalog.view().published() == 2;
            boolean told = visible.get("load_runs/2024-05-01").size() == 2;
            if (shown) {
                assertThat(visible).as("step %d", step).containsKeys("product_dim", "sales_delta/2");
            }
            assertThat(shown || !told).as("step %d", step).isTrue();
            assertThat(told || reached).isTrue();
        }
    }

    @Test
    void recoversAgainWhereverARecoveryIsKilled() throws IOException {
        TestWarehouse undisturbed = new TestWarehouse(temp.resolve("undisturbed"));
        firstLoad(undisturbed);
        undisturbed.publish(secondLoad(undisturbed));
        boolean reached = true;
        for (int step = 0; reached; step++) {
            TestWarehouse warehouse = new TestWarehouse(temp.resolve("recovery-" + step));
            firstLoad(warehouse);
            publishAgainst(warehouse, MemoryCatalog.down());
            reached = killed(warehouse.publisher(CrashPoint.before(step))::recover);

            warehouse.publisher().recover();

            assertThat(withoutRoot(warehouse)).isEqualTo(withoutRoot(undisturbed));
            assertThat(warehouse.contents()).isEqualTo(undisturbed.contents());
        }
    }

    @Test
    void recoveringTwiceIsRecoveringOnce() throws IOException {
        TestWarehouse warehouse = warehouse("twice");
        warehouse.publisher().recover();
        SortedMap<String, String> once = warehouse.contents();

        assertThat(warehouse.publisher().recover()).isEqualTo(warehouse.latest());
        assertThat(warehouse.contents()).isEqualTo(once);
    }

    @Test
    void ofTwoRunsOnTheSameStateOnePublishes() throws IOException {
        TestWarehouse warehouse = warehouse("two");
        Snapshot before = warehouse.latest();
        PublishRequest winner =
                warehouse.run("winner").sales("2024-01-09", "z1").loading(3L);
        PublishRequest loser = warehouse.run("loser").sales("2024-01-09", "z1").loading(3L);
        warehouse.publisher().publish(before, winner);

        assertThatThrownBy(() -> warehouse.publisher().publish(before, loser))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage("Cannot publish run loser on state 2: state 3 is published (rerun it)");

        assertThat(warehouse.visibleSales()).containsOnlyOnce("z1");
    }

    @Test
    void aRunThatWasTakenForCrashedCannotCommitAfterItsStagingIsDiscarded() throws IOException {
        TestWarehouse warehouse = warehouse("zombie");
        Snapshot before = warehouse.latest();
        PublishRequest late = warehouse.run("late").sales("2024-01-09", "z1").loading(3L);
        LeaseCheck takenOverDuringTheCheck = () -> warehouse.publisher().recover();
        Publisher zombie = new Publisher(
                warehouse.fs(),
                warehouse.layout,
                warehouse.catalog.connect(CrashPoint.never()),
                takenOverDuringTheCheck,
                warehouse.conf);

        assertThatThrownBy(() -> zombie.publish(before, late)).hasMessageContaining("discarded this run's staging");

        assertThat(warehouse.publisher().recover()).isEqualTo(before);
        assertThat(warehouse.visibleSales()).doesNotContain("z1");
    }

    @Test
    void aCatalogOutageIsMadeUpForByTheNextRun() throws IOException {
        TestWarehouse warehouse = new TestWarehouse(temp.resolve("outage"));
        firstLoad(warehouse);

        assertThatThrownBy(() -> publishUnchecked(warehouse, MemoryCatalog.down()))
                .hasMessageStartingWith("Cannot complete publish 2 of run load2: Connection refused")
                .hasMessageContaining("the next run completes it");

        assertThat(warehouse.publisher().recover().sequence()).isEqualTo(2);
        assertThat(warehouse.visibleSales()).containsExactlyInAnyOrder("a1", "a2", "a3", "b1", "c1");
    }

    @Test
    void rollsACatalogForwardFromAnyOlderVersion() throws IOException {
        TestWarehouse warehouse = warehouse("older");
        publishAgainst(warehouse, MemoryCatalog.down(), merge(warehouse));
        var catalog = warehouse.catalog.connect(CrashPoint.never());
        catalog.setTableLocation(StarSchema.CUSTOMER_DIM, warehouse.layout.tableVersion(StarSchema.CUSTOMER_DIM, 1));

        warehouse.publisher().recover();
        warehouse.publish(warehouse
                .run("load9")
                .dimension(StarSchema.CUSTOMER_DIM, "customers 9")
                .loading());

        assertThat(warehouse.catalog.locations().get("customer_dim")).endsWith("v-0000000004");
        assertThat(warehouse.catalog.locations().get("sales_base/2024-01-01")).endsWith("v-0000000003");
        assertThat(warehouse.catalog.view()).isEqualTo(new View(2, 4));
    }

    @Test
    void stopsWithAnAlarmWhereAFileIsLost() throws IOException {
        TestWarehouse warehouse = new TestWarehouse(temp.resolve("lost"));
        firstLoad(warehouse);
        publishAgainst(warehouse, MemoryCatalog.down());
        warehouse.fs().delete(new org.apache.hadoop.fs.Path(warehouse.layout.staging("load2"), "part-1"), false);

        assertThatThrownBy(() -> warehouse.publisher().recover())
                .hasMessageContaining("staging/load2/part-1")
                .hasMessageContaining("neither is there");
        assertThat(warehouse.latest().sequence()).isEqualTo(1);
    }

    @Test
    void refusesAReplacementWithOtherRowsThanItSaysBeforeAnythingChanges() throws IOException {
        TestWarehouse warehouse = warehouse("short");
        SortedMap<String, List<String>> before = warehouse.visible();
        PublishRequest whole = merge(warehouse);
        DataFile file = whole.replacements.get(0);
        PublishRequest wrong = new PublishRequest(whole.runId, whole.command)
                .replace(List.of(new DataFile(file.table(), file.partition(), file.path(), file.rows() + 1)));

        assertThatThrownBy(() -> warehouse.publish(wrong)).hasMessageEndingWith("it has 3 rows (expected 4)");

        assertThat(warehouse.visible()).isEqualTo(before);
        assertThat(warehouse.publisher().recover().sequence()).isEqualTo(2);
    }

    private interface Scenario<T> {
        T on(TestWarehouse warehouse) throws IOException;
    }

    private interface Action {
        Object run() throws IOException;
    }

    /** Kills the publish of a request at each of its steps; the next run leads to one of the two undisturbed ends. */
    private void killedAnywhere(IntFunction<CrashPoint> crash, Scenario<Snapshot> before, Scenario<PublishRequest> run)
            throws IOException {
        TestWarehouse without = new TestWarehouse(temp.resolve("without"));
        before.on(without);
        TestWarehouse with = new TestWarehouse(temp.resolve("with"));
        before.on(with);
        with.publish(run.on(with));
        boolean reached = true;
        int discarded = 0;
        int completed = 0;
        for (int step = 0; reached; step++) {
            TestWarehouse warehouse = new TestWarehouse(temp.resolve("step-" + step));
            Snapshot state = before.on(warehouse);
            PublishRequest request = run.on(warehouse);
            Publisher doomed = warehouse.publisher(crash.apply(step));
            reached = killed(() -> doomed.publish(state, request));
            assertEachPlaceIsOldOrNew(warehouse, without, with);
            assertThat(units(new SalesReader(warehouse)))
                    .as("step %d", step)
                    .isIn(units(new SalesReader(without)), units(new SalesReader(with)));

            Snapshot recovered = warehouse.publisher().recover();

            TestWarehouse expected = recovered.sequence() == state.sequence() ? without : with;
            discarded += expected == without ? 1 : 0;
            completed += expected == with ? 1 : 0;
            assertThat(withoutRoot(warehouse)).as("step %d", step).isEqualTo(withoutRoot(expected));
            assertThat(warehouse.contents()).as("step %d", step).isEqualTo(expected.contents());
            assertThat(staging(warehouse)).isEmpty();
        }
        assertThat(discarded).isGreaterThanOrEqualTo(3);
        assertThat(completed).isGreaterThan(8);
    }

    private static void assertEachPlaceIsOldOrNew(TestWarehouse warehouse, TestWarehouse before, TestWarehouse after)
            throws IOException {
        SortedMap<String, List<String>> old = before.visible();
        SortedMap<String, List<String>> current = after.visible();
        warehouse.visible().forEach((place, files) -> assertThat(files)
                .as(place)
                .isIn(old.getOrDefault(place, List.of()), current.getOrDefault(place, List.of())));
    }

    private static boolean killed(Action action) throws IOException {
        try {
            action.run();
            return false;
        } catch (Killed e) {
            return true;
        } catch (IllegalStateException e) {
            assertThat(e).hasCauseInstanceOf(Killed.class);
            return true;
        }
    }

    private TestWarehouse warehouse(String name) throws IOException {
        TestWarehouse warehouse = new TestWarehouse(temp.resolve(name));
        bothLoads(warehouse);
        return warehouse;
    }

    private static Snapshot firstLoad(TestWarehouse warehouse) throws IOException {
        return warehouse.publish(warehouse
                .run("load1")
                .sales("2024-01-01", "a1", "a3")
                .sales("2024-01-02", "b1")
                .dimension(StarSchema.CUSTOMER_DIM, "customers 1")
                .opaque(StarSchema.LOAD_RUNS, List.of("2024-05-01"), "load 1")
                .loading(1L));
    }

    private static Snapshot bothLoads(TestWarehouse warehouse) throws IOException {
        firstLoad(warehouse);
        return warehouse.publish(secondLoad(warehouse));
    }

    private static PublishRequest secondLoad(TestWarehouse warehouse) throws IOException {
        return warehouse
                .run("load2")
                .sales("2024-01-01", "a2")
                .sales("2024-01-03", "c1")
                .dimension(StarSchema.CUSTOMER_DIM, "customers 2")
                .dimension(StarSchema.PRODUCT_DIM, "products 2")
                .opaque(StarSchema.LOAD_RUNS, List.of("2024-05-01"), "load 2")
                .loading(2L);
    }

    private static PublishRequest merge(TestWarehouse warehouse) throws IOException {
        return warehouse
                .run("merge3")
                .base("2024-01-01", "a1@1", "a2@2", "a3@1")
                .base("2024-01-02", "b1@1")
                .base("2024-01-03", "c1@2")
                .merged()
                .opaque(StarSchema.LOAD_RUNS, List.of("2024-05-01"), "merge 3")
                .loading();
    }

    private static Snapshot loadsAndMerge(TestWarehouse warehouse) throws IOException {
        bothLoads(warehouse);
        warehouse.publish(merge(warehouse));
        return warehouse.publish(warehouse
                .run("load4")
                .sales("2024-01-03", "d1")
                .sales("2024-01-04", "e1")
                .loading(3L));
    }

    /** Forgets a delta that the first merge made superfluous; the other one stays for queries that began before. */
    private static PublishRequest secondMerge(TestWarehouse warehouse) throws IOException {
        return warehouse
                .run("merge5")
                .base("2024-01-03", "c1@2", "d1@4")
                .base("2024-01-04", "e1@4")
                .drop(new Partition(StarSchema.SALES_DELTA, List.of("1")))
                .merged()
                .opaque(StarSchema.LOAD_RUNS, List.of("2024-05-01"), "merge 5")
                .loading();
    }

    /** Corrects a sale of the base, one that moves to another date, and one of a delta. */
    private static PublishRequest correction(TestWarehouse warehouse) throws IOException {
        return warehouse
                .run("correct5")
                .remove(
                        new Sale("a1", "2024-01-01", 1),
                        new Sale("c1", "2024-01-03", 2),
                        new Sale("d1", "2024-01-03", 4))
                .sale("2024-01-01", "a1", 9)
                .sale("2024-01-02", "c1", 8)
                .sale("2024-01-03", "d1", 7)
                .opaque(StarSchema.LOAD_RUNS, List.of("2024-05-01"), "correct 5")
                .loading();
    }

    private static List<String> units(SalesReader reader) throws IOException {
        return reader.findPartitions().list().open().stream()
                .map(row -> row.text("transaction_id") + ":" + row.get("units"))
                .sorted()
                .toList();
    }

    private static void publishAgainst(TestWarehouse warehouse, Catalog catalog) throws IOException {
        publishAgainst(warehouse, catalog, secondLoad(warehouse));
    }

    private static void publishAgainst(TestWarehouse warehouse, Catalog catalog, PublishRequest request)
            throws IOException {
        Publisher publisher = new Publisher(warehouse.fs(), warehouse.layout, catalog, () -> {}, warehouse.conf);
        Snapshot before = warehouse.latest();
        assertThatThrownBy(() -> publisher.publish(before, request)).isInstanceOf(IOException.class);
    }

    private static void publishUnchecked(TestWarehouse warehouse, Catalog catalog) throws IOException {
        new Publisher(warehouse.fs(), warehouse.layout, catalog, () -> {}, warehouse.conf)
                .publish(warehouse.latest(), secondLoad(warehouse));
    }

    private static FileStatus[] staging(TestWarehouse warehouse) throws IOException {
        return Files.exists(Path.of(warehouse.layout.stagingRoot().toUri()))
                ? warehouse.fs().listStatus(warehouse.layout.stagingRoot())
                : new FileStatus[0];
    }

    private static List<String> withoutRoot(TestWarehouse warehouse) {
        return Stream.concat(
                        Stream.of(warehouse.catalog.view().toString()),
                        warehouse.catalog.locations().entrySet().stream()
                                .map(entry -> entry.toString().replace(warehouse.directory.toString(), ""))
                                .sorted())
                .toList();
    }
}
