package com.qcompany.batch.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.publish.JournalEntry.Move;
import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.CatalogChange;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class PublishPlanTest {

    private static final Layout LAYOUT = new Layout(new Path("hdfs://name:8020/q"));
    private static final String DATA = "tables/sales_base/data/transaction_date=2024-07-04";
    private static final Table BASE = StarSchema.SALES_BASE;
    private static final Table RUNS = StarSchema.LOAD_RUNS;
    private static final Snapshot BEFORE = new Snapshot(
            Snapshot.FORMAT,
            6,
            5,
            new TreeMap<>(Map.of("customer_dim", version(4, Map.of("4-00000.parquet", 3L)))),
            new TreeMap<>(Map.of(
                    BASE.name(),
                    new TreeMap<>(
                            Map.of("2024-07-04", version(3, Map.of("3-00000.parquet", 4L, "3-00001.parquet", 6L)))),
                    RUNS.name(),
                    new TreeMap<>(Map.of("2024-07-08", version(6, Map.of("6-00000.parquet", 1L)))))),
            5,
            new TreeSet<>(Set.of(8L)),
            new TreeSet<>(Set.of(4L)),
            List.of());

    @Test
    void putsAnAppendIntoThePartitionsCurrentVersion() {
        JournalEntry entry = plan(List.of(staged(RUNS, List.of("2024-07-08"), 5)), List.of());

        CatalogChange change = change(entry, RUNS);
        assertThat(entry.moves())
                .containsExactly(new Move(
                        "load_runs",
                        "out/2024-07-08",
                        "tables/load_runs/data/run_date=2024-07-08/v-0000000006/7-00000.parquet"));
        assertThat(change.added()).isEmpty();
        assertThat(change.relocated()).isEmpty();
        assertThat(entry.after().partitionsOf(RUNS))
                .containsEntry("2024-07-08", version(6, Map.of("6-00000.parquet", 1L, "7-00000.parquet", 5L)));
    }

    @Test
    void registersANewPartitionUnderThisPublishsVersion() {
        JournalEntry entry = plan(List.of(sales("2024-07-05", 5), sales("2024-07-05", 2)), List.of());

        String location = "tables/sales_base/data/transaction_date=2024-07-05/v-0000000007";
        CatalogChange change = change(entry, BASE);
        assertThat(change.added()).isEqualTo(Map.of(List.of("2024-07-05"), path(location)));
        assertThat(entry.moves())
                .extracting(Move::target)
                .containsExactly(location + "/7-00000.parquet", location + "/7-00001.parquet");
        assertThat(entry.after().partitionsOf(BASE))
                .containsEntry("2024-07-05", version(7, Map.of("7-00000.parquet", 5L, "7-00001.parquet", 2L)));
    }

    @Test
    void replacesAPartitionByItsNextVersion() {
        JournalEntry entry = plan(List.of(), List.of(sales("2024-07-04", 10)));

        CatalogChange change = change(entry, BASE);
        assertThat(change.relocated()).isEqualTo(Map.of(List.of("2024-07-04"), path(DATA + "/v-0000000007")));
        assertThat(change.added()).isEmpty();
        assertThat(entry.after().partitionsOf(BASE))
                .containsEntry("2024-07-04", version(7, Map.of("7-00000.parquet", 10L)));
    }

    @Test
    void replacesADimensionAsAWhole() {
        JournalEntry entry = plan(List.of(), List.of(staged(StarSchema.CUSTOMER_DIM, List.of(), 3)));

        CatalogChange change = change(entry, StarSchema.CUSTOMER_DIM);
        assertThat(change.location()).contains(path("tables/customer_dim/v-0000000007"));
        assertThat(change(entry, StarSchema.BRANCH_DIM).location()).isEmpty();
        assertThat(entry.after().versionOf(StarSchema.CUSTOMER_DIM))
                .contains(version(7, Map.of("7-00000.parquet", 3L)));
    }

    @Test
    void forgetsAPartitionAndLeavesItsFiles() {
        Partition gone = new Partition(BASE, List.of("2024-07-04"));
        Partition unknown = new Partition(BASE, List.of("2024-07-06"));

        JournalEntry entry = PublishPlan.of(BEFORE, LAYOUT, request(List.of(), List.of(), List.of(gone, unknown)));

        CatalogChange change = change(entry, BASE);
        assertThat(change.dropped()).containsExactly(List.of("2024-07-04"));
        assertThat(entry.moves()).isEmpty();
        assertThat(entry.after().partitionsOf(BASE)).isEmpty();
    }

    @Test
    void saysUpToWhichPublishSalesAreInTheBase() {
        assertThat(plan(List.of(), List.of()).after().mergedUpTo()).isEqualTo(6);
    }

    @Test
    void foldsDecidedRecordsIntoTheContiguousPart() {
        Snapshot after = decide(Set.of(6L, 7L, 10L), Set.of(), Set.of());

        assertThat(after.decidedUpTo()).isEqualTo(8);
        assertThat(after.decidedBeyond()).containsExactly(10L);
        assertThat(after.isDecided(9)).isFalse();
    }

    @Test
    void remembersRefusedRecordsUntilAnotherVersionIsLoaded() {
        assertThat(decide(Set.of(6L, 7L), Set.of(7L), Set.of()).refused()).containsExactly(4L, 7L);
        assertThat(decide(Set.of(6L), Set.of(), Set.of(4L)).refused()).isEmpty();
    }

    @Test
    void namesNoFileTwice() {
        JournalEntry entry =
                plan(List.of(sales("2024-07-05", 1), sales("2024-07-06", 1), sales("2024-07-05", 1)), List.of());

        assertThat(entry.moves()).extracting(Move::target).doesNotHaveDuplicates();
    }

    @Test
    void refusesToReplaceAndAppendAtOnce() {
        assertThatThrownBy(() -> plan(List.of(sales("2024-07-04", 1)), List.of(sales("2024-07-04", 10))))
                .hasMessageContaining("gets appends as well");
    }

    @Test
    void registersAPartitionThatIsReplacedBeforeItWasThere() {
        CatalogChange change = change(plan(List.of(), List.of(sales("2024-07-05", 1))), BASE);

        assertThat(change.added()).containsOnlyKeys(List.of("2024-07-05"));
        assertThat(change.relocated()).isEmpty();
        assertThat(change.dropped()).isEmpty();
    }

    @Test
    void refusesToAppendToADimension() {
        assertThatThrownBy(() -> plan(List.of(staged(StarSchema.BRANCH_DIM, List.of(), 1)), List.of()))
                .hasMessage("Cannot append to branch_dim (only partitions can be appended to)");
    }

    @Test
    void refusesFilesOfAViewAndOfAConventionalTable() {
        for (Table table : List.of(StarSchema.SALES_TRANSACTIONS_FACT, StarSchema.KAFKA)) {
            List<String> values = table == StarSchema.KAFKA ? List.of("2024-07-04", "5") : List.of();
            assertThatThrownBy(() -> plan(List.of(), List.of(staged(table, values, 1))))
                    .hasMessageStartingWith("Cannot publish files of " + table.name());
        }
    }

    @Test
    void refusesFilesFromElsewhere() {
        DataFile elsewhere = new DataFile(BASE, List.of("2024-07-04"), new Path("/q/staging/other/part"), 1);

        assertThatThrownBy(() -> plan(List.of(elsewhere), List.of()))
                .hasMessage("Cannot publish /q/staging/other/part: it lies elsewhere (expected below "
                        + "hdfs://name:8020/q/staging/r7)");
    }

    @Test
    void refusesRunIdsThatHiveOverlooks() {
        assertThatThrownBy(() -> new PublishRequest("_r7", "load")).hasMessageStartingWith("Cannot publish run _r7");
    }

    private static CatalogChange change(JournalEntry entry, Table table) {
        return CatalogChange.between(BEFORE, entry.after(), LAYOUT, table);
    }

    private static Path path(String fromRoot) {
        return new Path(LAYOUT.root(), fromRoot);
    }

    private static JournalEntry plan(List<DataFile> appends, List<DataFile> replacements) {
        return PublishPlan.of(BEFORE, LAYOUT, request(appends, replacements, List.of()));
    }

    private static PublishRequest request(
            List<DataFile> appends, List<DataFile> replacements, List<Partition> dropped) {
        return new PublishRequest("r7", "load")
                .append(appends)
                .replace(replacements)
                .drop(dropped)
                .mergedUpTo(6);
    }

    private static Snapshot decide(Set<Long> decided, Set<Long> refused, Set<Long> noLongerRefused) {
        PublishRequest request =
                new PublishRequest("r7", "load").mergedUpTo(5).decide(decided, refused, noLongerRefused);
        return PublishPlan.of(BEFORE, LAYOUT, request).after();
    }

    private static Version version(long number, Map<String, Long> files) {
        return new Version(number, new TreeMap<>(files));
    }

    private static DataFile sales(String date, long rows) {
        return staged(BASE, List.of(date), rows);
    }

    /** Staged under an unqualified name, as a job reports it. */
    private static DataFile staged(Table table, List<String> partition, long rows) {
        return new DataFile(
                table,
                partition,
                new Path(
                        "/q/staging/r7/out/" + String.join("/", partition) + (partition.isEmpty() ? table.name() : "")),
                rows);
    }
}
