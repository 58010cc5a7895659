package com.qcompany.batch.publish;

import static com.qcompany.batch.publish.TestWarehouse.FACT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.publish.JournalEntry.Move;
import com.qcompany.batch.publish.JournalEntry.PartitionLocation;
import com.qcompany.batch.publish.JournalEntry.TableChange;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.PartitionState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class PublishPlanTest {

    private static final Layout LAYOUT = new Layout(new Path("hdfs://name:8020/q"));
    private static final String DATA = "tables/sales_transactions_fact/data/transaction_date=2024-07-04";
    private static final Snapshot BEFORE = new Snapshot(
            6,
            Map.of("customer_dim", 4L),
            Map.of(FACT.name(), Map.of("2024-07-04", new PartitionState(3, 2, 10))),
            5,
            new TreeSet<>(Set.of(8L)));

    @Test
    void putsAnAppendIntoThePartitionsCurrentVersion() {
        JournalEntry entry = plan(List.of(sales("2024-07-04", 5)), List.of());

        TableChange change = entry.changes().get(0);
        assertThat(change.moves()).containsExactly(new Move("out/2024-07-04", DATA + "/v-0000000003/r7-00000.parquet"));
        assertThat(change.added()).isEmpty();
        assertThat(change.superseded()).isEmpty();
        assertThat(entry.after().partitionsOf(FACT)).containsEntry("2024-07-04", new PartitionState(3, 3, 15));
    }

    @Test
    void registersANewPartitionUnderThisPublishsVersion() {
        JournalEntry entry = plan(List.of(sales("2024-07-05", 5), sales("2024-07-05", 2)), List.of());

        String location = "tables/sales_transactions_fact/data/transaction_date=2024-07-05/v-0000000007";
        TableChange change = entry.changes().get(0);
        assertThat(change.added()).containsExactly(new PartitionLocation(List.of("2024-07-05"), location));
        assertThat(change.moves())
                .extracting(Move::target)
                .containsExactly(location + "/r7-00000.parquet", location + "/r7-00001.parquet");
        assertThat(entry.after().partitionsOf(FACT)).containsEntry("2024-07-05", new PartitionState(7, 2, 7));
    }

    @Test
    void rewritesAPartitionIntoItsNextVersion() {
        JournalEntry entry = plan(List.of(), List.of(sales("2024-07-04", 10)));

        TableChange change = entry.changes().get(0);
        assertThat(change.relocated())
                .containsExactly(new PartitionLocation(List.of("2024-07-04"), DATA + "/v-0000000007"));
        assertThat(change.superseded()).containsExactly(DATA + "/v-0000000003");
        assertThat(entry.after().partitionsOf(FACT)).containsEntry("2024-07-04", new PartitionState(7, 1, 10));
    }

    @Test
    void replacesADimensionAsAWhole() {
        JournalEntry entry = plan(List.of(staged(StarSchema.CUSTOMER_DIM, List.of(), 3)), List.of());

        TableChange change = entry.changes().get(0);
        assertThat(change.location()).isEqualTo("tables/customer_dim/v-0000000007");
        assertThat(change.superseded()).containsExactly("tables/customer_dim/v-0000000004");
        assertThat(entry.after().versionOf(StarSchema.CUSTOMER_DIM)).isEqualTo(7);
    }

    @Test
    void showsDimensionsBeforeFactsAndRunsLast() {
        JournalEntry entry = plan(
                List.of(
                        staged(StarSchema.LOAD_RUNS, List.of("2024-07-09"), 1),
                        sales("2024-07-04", 1),
                        staged(StarSchema.BRANCH_DIM, List.of(), 1)),
                List.of());

        assertThat(entry.changes())
                .extracting(TableChange::table)
                .containsExactly("branch_dim", "sales_transactions_fact", "load_runs");
        assertThat(entry.changes().get(2).added())
                .containsExactly(new PartitionLocation(List.of("2024-07-09"), "tables/load_runs/run_date=2024-07-09"));
    }

    @Test
    void foldsLoadedRecordsIntoTheContiguousPart() {
        Snapshot after = PublishPlan.of(BEFORE, LAYOUT, request(List.of(), List.of(), Set.of(6L, 7L, 10L)))
                .after();

        assertThat(after.loadedUpTo()).isEqualTo(8);
        assertThat(after.loadedBeyond()).containsExactly(10L);
        assertThat(after.isLoaded(9)).isFalse();
    }

    @Test
    void namesNoFileTwice() {
        JournalEntry entry =
                plan(List.of(sales("2024-07-04", 1), sales("2024-07-05", 1), sales("2024-07-04", 1)), List.of());

        assertThat(entry.changes().get(0).moves())
                .extracting(move -> new Path(move.target()).getName())
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesToRewriteAndAppendAtOnce() {
        assertThatThrownBy(() -> plan(List.of(sales("2024-07-04", 1)), List.of(sales("2024-07-04", 10))))
                .hasMessageContaining("gets appends as well");
    }

    @Test
    void refusesToRewriteWhatIsNotPublished() {
        assertThatThrownBy(() -> plan(List.of(), List.of(sales("2024-07-05", 1))))
                .hasMessageContaining("is not published");
    }

    @Test
    void refusesFilesFromElsewhere() {
        StagedFile elsewhere = new StagedFile(FACT, List.of("2024-07-04"), new Path("/q/staging/other/part"), 1);

        assertThatThrownBy(() -> plan(List.of(elsewhere), List.of()))
                .hasMessage("Cannot publish /q/staging/other/part: it lies elsewhere (expected below "
                        + "hdfs://name:8020/q/staging/r7)");
    }

    @Test
    void refusesRunIdsThatHiveOverlooks() {
        assertThatThrownBy(
                        () -> new PublishRequest("_r7", "load", LAYOUT.staging("_r7"), List.of(), List.of(), Set.of()))
                .hasMessageStartingWith("Cannot publish run _r7");
    }

    private static JournalEntry plan(List<StagedFile> appends, List<StagedFile> rewrites) {
        return PublishPlan.of(BEFORE, LAYOUT, request(appends, rewrites, Set.of()));
    }

    private static PublishRequest request(List<StagedFile> appends, List<StagedFile> rewrites, Set<Long> ledger) {
        return new PublishRequest("r7", "load", LAYOUT.staging("r7"), appends, rewrites, ledger);
    }

    private static StagedFile sales(String date, long rows) {
        return staged(FACT, List.of(date), rows);
    }

    /** Staged under an unqualified name, as a job reports it. */
    private static StagedFile staged(Table table, List<String> partition, long rows) {
        return new StagedFile(
                table,
                partition,
                new Path(
                        "/q/staging/r7/out/" + String.join("/", partition) + (partition.isEmpty() ? table.name() : "")),
                rows);
    }
}
