package com.qcompany.batch.compact;

import static com.qcompany.batch.publish.TestWarehouse.FACT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.publish.TestWarehouse;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.PartitionState;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.util.ToolRunner;
import org.apache.parquet.hadoop.ParquetReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactorTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2024-07-04T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path temp;

    private TestWarehouse warehouse;

    @BeforeEach
    void openWarehouse() throws IOException {
        warehouse = new TestWarehouse(temp.resolve("q"));
        warehouse.conf.setInt(Settings.COMPACT_MAX_FILES.key(), 2);
    }

    @Test
    void mergesTheFilesOfADuePartitionIntoOneSortedFile() throws IOException {
        append("2024-01-01", "a3", "b1");
        append("2024-01-01", "a1", "c1");
        append("2024-01-01", "a2");

        Snapshot after = compactDue();

        assertThat(after.partitionsOf(FACT)).containsEntry("2024-01-01", new PartitionState(4, 1, 5));
        assertThat(warehouse.visibleSales()).containsExactly("a1", "a2", "a3", "b1", "c1");
    }

    @Test
    void leavesPartitionsOfFewFilesAlone() throws IOException {
        append("2024-01-01", "a1");
        append("2024-01-01", "a2");
        Snapshot before = current();

        assertThat(compactDue()).isEqualTo(before);
    }

    @Test
    void takesThePartitionsWithMostFilesFirst() throws IOException {
        warehouse.conf.setInt(Settings.COMPACT_PER_LOAD.key(), 1);
        for (int i = 0; i < 4; i++) {
            append("2024-01-02", "b" + i);
        }
        for (int i = 0; i < 3; i++) {
            append("2024-01-01", "a" + i);
        }

        Snapshot after = compactDue();

        assertThat(after.partitionsOf(FACT).get("2024-01-02").files()).isEqualTo(1);
        assertThat(after.partitionsOf(FACT).get("2024-01-01").files()).isEqualTo(3);
    }

    @Test
    void keepsKeysOrderedByDateAndId() throws IOException {
        warehouse.publish(warehouse
                .run("r1")
                .appendKeys("2024", "2024-01-01 b", "2024-01-03 a")
                .loading());
        warehouse.publish(warehouse
                .run("r2")
                .appendKeys("2024", "2024-01-01 c", "2024-01-02 z")
                .loading());
        warehouse.publish(warehouse.run("r3").appendKeys("2024", "2024-01-01 a").loading());

        compactDue();

        assertThat(rows(StarSchema.TRANSACTION_KEYS, "2024", 4))
                .extracting(row -> row.text("transaction_date") + " " + row.text("transaction_id"))
                .containsExactly("2024-01-01 a", "2024-01-01 b", "2024-01-01 c", "2024-01-02 z", "2024-01-03 a");
    }

    @Test
    void copiesEveryColumn() throws IOException {
        append("2024-01-01", "a1");
        append("2024-01-01", "a2");
        append("2024-01-01", "a3");

        compactDue();

        assertThat(rows(FACT, "2024-01-01", 4)).isEqualTo(TestWarehouse.sales("a1", "a2", "a3"));
    }

    @Test
    void recordsTheRunAndItsCounters() throws IOException {
        append("2024-01-01", "a1");
        append("2024-01-01", "a2");
        append("2024-01-01", "a3");

        compactDue();

        Row run = rows(warehouse.layout.partition(StarSchema.LOAD_RUNS, List.of("2024-07-04")), StarSchema.LOAD_RUNS)
                .get(0);
        assertThat(run.text("command")).isEqualTo("compact");
        assertThat(run.require("partitions_touched", Long.class)).isEqualTo(1);
        assertThat(run.get("counters"))
                .isEqualTo(java.util.Map.of(
                        "FILES_MERGED", "3", "PARTITIONS_REWRITTEN", "1", "ROWS_REWRITTEN", "3", "ROWS_KEPT", "0"));
    }

    @Test
    void changesNothingWhereAnIdIsInTwoFiles() throws IOException {
        append("2024-01-01", "a1");
        append("2024-01-01", "a2");
        append("2024-01-01", "a1");
        Snapshot before = current();

        assertThatThrownBy(this::compactDue).isInstanceOf(IOException.class);

        assertThat(warehouse.publisher().recover()).isEqualTo(before);
        assertThat(warehouse.visibleSales()).containsExactlyInAnyOrder("a1", "a1", "a2");
    }

    @Test
    void changesNothingWhereAPublishedFileIsMissing() throws IOException {
        append("2024-01-01", "a1");
        append("2024-01-01", "a2");
        append("2024-01-01", "a3");
        warehouse.fs().delete(files(FACT, "2024-01-01", 1)[0].getPath(), false);

        assertThatThrownBy(this::compactDue)
                .hasMessageEndingWith("it has 2 files (expected the 3 that were published)");
    }

    @Test
    void theCommandFindsNothingToDoInAnEmptyWarehouse() throws Exception {
        assertThat(command("--all")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
    }

    @Test
    void theCommandCompactsNamedPartitionsAndSaysWhenThereIsNothingToDo() throws Exception {
        append("2024-01-01", "a1");
        append("2024-01-01", "a2");

        assertThat(command()).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        assertThat(command("--partition", "2024-01-09")).isEqualTo(ExitCode.USAGE.code());
        assertThat(command("--partition", "2024-01-01")).isEqualTo(ExitCode.OK.code());
        assertThat(current().partitionsOf(FACT)).containsEntry("2024-01-01", new PartitionState(3, 1, 2));
    }

    @Test
    void theCommandCompactsAllThatHaveMoreThanOneFile() throws Exception {
        append("2024-01-01", "a1");
        append("2024-01-01", "a2");
        append("2024-01-02", "b1");

        assertThat(command("--all")).isEqualTo(ExitCode.OK.code());
        assertThat(current().partitionsOf(FACT).values())
                .extracting(PartitionState::version)
                .containsExactly(4L, 3L);
    }

    @Test
    void theCommandRefusesWhatItDoesNotKnow() throws Exception {
        assertThat(command("--everything")).isEqualTo(ExitCode.USAGE.code());
        assertThat(command("--all", "--partition", "2024-01-01")).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void theCommandStopsWhileAnotherRunHoldsTheLease() throws Exception {
        var leases = new org.apache.hadoop.fs.Path(warehouse.layout.state("leases"), "warehouse");
        try (Lease held = Lease.acquire(warehouse.fs(), leases, "load", Duration.ofMinutes(1))) {
            assertThat(command()).isEqualTo(ExitCode.LOCKED.code());
            held.verify();
        }
    }

    private int command(String... args) throws Exception {
        return ToolRunner.run(warehouse.conf, new CompactTool(), args);
    }

    private void append(String date, String... ids) throws IOException {
        warehouse.publish(warehouse
                .run("run" + (current().sequence() + 1))
                .append(date, ids)
                .loading());
    }

    private Snapshot compactDue() throws IOException {
        return new Compactor(warehouse.conf, warehouse.fs(), warehouse.layout, warehouse.publisher(), NOON)
                .compactDue(current());
    }

    private Snapshot current() throws IOException {
        return Snapshots.latest(warehouse.fs(), warehouse.layout);
    }

    private FileStatus[] files(Table table, String partition, long version) throws IOException {
        return warehouse.fs().listStatus(warehouse.layout.partitionVersion(table, List.of(partition), version));
    }

    private List<Row> rows(Table table, String partition, long version) throws IOException {
        return rows(warehouse.layout.partitionVersion(table, List.of(partition), version), table);
    }

    private List<Row> rows(org.apache.hadoop.fs.Path directory, Table table) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (FileStatus file : Arrays.asList(warehouse.fs().listStatus(directory))) {
            try (ParquetReader<Row> reader = ParquetRows.reader(table, file.getPath(), warehouse.conf)) {
                for (Row row = reader.read(); row != null; row = reader.read()) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }
}
