package com.qcompany.batch.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.merge.SalesRemoval.Sale;
import com.qcompany.batch.publish.TestWarehouse;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalesRemovalTest {

    @TempDir
    Path temp;

    private TestWarehouse warehouse;

    @BeforeEach
    void loadAndMergeAndLoad() throws IOException {
        warehouse = new TestWarehouse(temp.resolve("q"));
        warehouse.publish(warehouse.run("load1").sales("2024-01-01", "a1", "a2").loading());
        warehouse.publish(warehouse
                .run("merge2")
                .base("2024-01-01", "a1@1", "a2@1")
                .merged()
                .loading());
        warehouse.publish(warehouse.run("load3").sales("2024-01-01", "a3").loading());
    }

    @Test
    void stagesThePartitionsThatNewQueriesRead() throws IOException {
        assertThat(stage(new Sale("a1", "2024-01-01", 1), new Sale("a3", "2024-01-01", 3)))
                .extracting(DataFile::table, DataFile::partition, DataFile::rows)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(StarSchema.SALES_BASE, List.of("2024-01-01"), 2L),
                        org.assertj.core.groups.Tuple.tuple(StarSchema.SALES_DELTA, List.of("3"), 1L));
    }

    @Test
    void refusesASaleThatIsNotWhereItShouldBe() {
        assertThatThrownBy(() -> stage(new Sale("a1", "2024-01-02", 1)))
                .hasMessage("Cannot remove Sale[id=a1, date=2024-01-02, addedIn=1]: "
                        + "sales_base [2024-01-02] has no such row");
        assertThatThrownBy(() -> stage(new Sale("a3", "2024-01-02", 3))).hasMessageContaining("sales_delta [3] has no");
        assertThatThrownBy(() -> stage(new Sale("a1", "2024-01-01", 2))).hasMessageContaining("has no such row");
    }

    @Test
    void refusesASaleThatWasRemoved() throws IOException {
        warehouse.publish(
                warehouse.run("remove4").remove(new Sale("a1", "2024-01-01", 1)).loading());

        assertThatThrownBy(() -> stage(new Sale("a1", "2024-01-01", 1))).hasMessageContaining("publish 4 removed it");
    }

    @Test
    void namesALostFile() throws IOException {
        DataFile base = DataFile.of(warehouse.latest(), warehouse.layout, StarSchema.SALES_BASE)
                .get(0);
        warehouse.fs().delete(base.path(), false);

        assertThatThrownBy(() -> stage(new Sale("a1", "2024-01-01", 1)))
                .hasMessageContaining(base.path().toString())
                .hasMessageContaining("is missing");
    }

    private List<DataFile> stage(Sale... sales) throws IOException {
        return new SalesRemoval(warehouse.conf, warehouse.fs(), warehouse.layout)
                .stage(
                        warehouse.latest(),
                        List.of(sales),
                        new org.apache.hadoop.fs.Path(warehouse.layout.staging("remove"), "removed"));
    }
}
