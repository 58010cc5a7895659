package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashingFileSystem;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moving what the release before left. */
class UpgradeTest {

    /** As the release before wrote it. */
    private static final String OLD_SNAPSHOT =
            """
            {"sequence": 2, "tableVersions": {"product_dim": 2},
             "partitions": {"sales_transactions_fact": {"2024-07-01": {"version": 1, "files": 2, "rows": 5}}},
             "loadedUpTo": 7, "loadedBeyond": []}""";

    @TempDir
    Path directory;

    private Path root;

    @BeforeEach
    void leaveAnOldWarehouse() throws IOException {
        leaveAnOldWarehouse("q");
    }

    private void leaveAnOldWarehouse(String name) throws IOException {
        root = directory.resolve(name);
        for (String table : Upgrade.TABLES) {
            write("tables/%s/old/part-0.parquet".formatted(table), table);
        }
        write("tables/kafka/event_date=2024-07-04/event_hour=1/e.parquet", "events");
        write("raw/2024/07/04/05/group1/sales.csv", "raw");
        write("state/ledger/1.json", "{}");
        write("state/statistics/0000000001.json", "{}");
        for (int sequence = 1; sequence <= 2; sequence++) {
            write("state/journal/%010d.json".formatted(sequence), "{}");
            write("state/snapshots/%010d.json".formatted(sequence), OLD_SNAPSHOT);
        }
    }

    @Test
    void movesTablesAndStateAndNothingElse() throws IOException {
        upgrade(CrashPoint.never());

        for (String table : Upgrade.TABLES) {
            assertThat(root.resolve("tables-before-base-and-delta/%s/old/part-0.parquet".formatted(table)))
                    .hasContent(table);
        }
        assertThat(names("state")).containsExactly("before-base-and-delta", "ledger");
        assertThat(names("state/before-base-and-delta")).containsExactly("journal", "snapshots", "statistics");
        assertThat(root.resolve("tables/kafka/event_date=2024-07-04/event_hour=1/e.parquet"))
                .hasContent("events");
        assertThat(root.resolve("raw/2024/07/04/05/group1/sales.csv")).hasContent("raw");
        assertThat(warehouseState()).isEqualTo(Snapshot.empty());
        assertThat(new Upgrade(warehouse(CrashPoint.never())).isDue()).isFalse();
    }

    @Test
    void whatWasKilledAnywhereIsCompletedByTheNextCall() throws IOException {
        CrashPoint counted = CrashPoint.never();
        upgrade(counted);
        TreeSet<String> undisturbed = files();
        assertThat(counted.steps()).isGreaterThan(Upgrade.TABLES.size());
        int attempts = 0;
        for (int step = 0; step < counted.steps(); step++) {
            for (CrashPoint crash : List.of(CrashPoint.before(step), CrashPoint.after(step))) {
                leaveAnOldWarehouse("killed-" + attempts++);

                assertThatThrownBy(() -> upgrade(crash)).isInstanceOf(CrashPoint.Killed.class);
                if (new Upgrade(warehouse(CrashPoint.never())).isDue()) {
                    assertThatThrownBy(this::warehouseState).hasMessageContaining("q ddl --upgrade");
                    upgrade(CrashPoint.never());
                }

                assertThat(files()).as("killed at step %d", step).isEqualTo(undisturbed);
            }
        }
    }

    @Test
    void refusesWhereAPublishWasCutShort() throws IOException {
        write("state/journal/0000000003.json", "{}");

        assertThatThrownBy(() -> upgrade(CrashPoint.never()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Cannot upgrade: publish 3 was cut short");
        assertThat(root.resolve("tables-before-base-and-delta")).doesNotExist();
    }

    @Test
    void isNotDueInAnEmptyWarehouseNorInOneOfThisRelease() throws IOException {
        root = directory.resolve("new");
        assertThat(new Upgrade(warehouse(CrashPoint.never())).isDue()).isFalse();

        Warehouse warehouse = warehouse(CrashPoint.never());
        Snapshots.write(warehouse.fs(), warehouse.layout(), AuditToolTest.snapshot(1));
        assertThat(new Upgrade(warehouse).isDue()).isFalse();
    }

    private void upgrade(CrashPoint crash) throws IOException {
        Warehouse warehouse = warehouse(crash);
        new Upgrade(warehouse).run(() -> warehouse
                .fs()
                .mkdirs(new org.apache.hadoop.fs.Path(
                        root.resolve("tables/product_dim/v-0").toUri())));
    }

    private Warehouse warehouse(CrashPoint crash) throws IOException {
        FileSystem local = FileSystem.getLocal(new Configuration());
        return new Warehouse(
                new CrashingFileSystem(local, crash), new Layout(new org.apache.hadoop.fs.Path(root.toUri())), "db");
    }

    private Snapshot warehouseState() throws IOException {
        Warehouse warehouse = warehouse(CrashPoint.never());
        return Snapshots.latest(warehouse.fs(), warehouse.layout());
    }

    private void write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<String> names(String name) throws IOException {
        try (var files = Files.list(root.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private TreeSet<String> files() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (var files = Files.walk(root)) {
            files.map(file -> root.relativize(file).toString()).forEach(names::add);
        }
        return names;
    }
}
