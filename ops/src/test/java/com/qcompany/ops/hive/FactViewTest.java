package com.qcompany.ops.hive;

import static com.qcompany.ops.hive.SampleWarehouse.FIRST_DAY;
import static com.qcompany.ops.hive.SampleWarehouse.MERGED_UP_TO;
import static com.qcompany.ops.hive.SampleWarehouse.PUBLISHED;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.Catalogs;
import com.qcompany.hive.DdlTool;
import com.qcompany.hive.HiveCatalog;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The view that decides which sales are seen. */
@WithStack
class FactViewTest {

    private SampleWarehouse warehouse;
    private HiveQueries hive;

    @BeforeEach
    void publish(EmbeddedStack stack, TestInfo test) throws Exception {
        warehouse = SampleWarehouse.publish(
                stack, test.getTestMethod().orElseThrow().getName());
        hive = new HiveQueries(stack);
    }

    @AfterEach
    void close() throws Exception {
        hive.close();
    }

    @Test
    void showsEachSaleOnceAndACorrectedOneAsItIsNow() throws Exception {
        assertThat(rows("SELECT transaction_id, units, transaction_date FROM %s.sales_transactions_fact"))
                .containsExactlyInAnyOrder(
                        "t1|2|2024-07-01",
                        "t2|3|2024-07-01",
                        "t3|1|2024-07-01",
                        "t4|4|2024-07-01",
                        "t5|1|2024-07-01",
                        "t6|2|2024-07-02",
                        "t7|1|2024-07-02",
                        "t8|1|2024-07-02");
    }

    @Test
    void showsAPublishWholeByOneStatementAndTheViewsOverItFollow() throws Exception {
        List<String> described = rows("DESCRIBE %s.sales_transactions_fact");
        warehouse.addDelta(PUBLISHED + 1, "t9");
        assertThat(counted("sales_transactions_fact")).isEqualTo("8");

        show(MERGED_UP_TO, PUBLISHED + 1);

        assertThat(counted("sales_transactions_fact")).isEqualTo("9");
        assertThat(counted("sales")).isEqualTo("9");
        assertThat(rows("DESCRIBE %s.sales_transactions_fact")).isEqualTo(described);
    }

    @Test
    void readsTheSameBeforeAndAfterAMergeWasShown() throws Exception {
        show(0, 1);
        assertThat(rows("SELECT COUNT(*), SUM(units) FROM %s.sales_transactions_fact"))
                .containsExactly("6|408");

        show(MERGED_UP_TO, MERGED_UP_TO);
        assertThat(rows("SELECT COUNT(*), SUM(units) FROM %s.sales_transactions_fact"))
                .containsExactly("6|408");
    }

    @Test
    void showsTheSalesAsOfAnEarlierPublishUntilThatIsForgotten() throws Exception {
        try (HiveCatalog catalog = HiveCatalog.open(warehouse.conf())) {
            assertThat(catalog.showSalesAsOf(0, 1, List.of())).isEqualTo(warehouse.database() + ".sales_as_of_1");
            assertThat(counted("sales_as_of_1")).isEqualTo("6");
            hive.run("CREATE VIEW %s.sales_as_of_june AS SELECT 1 AS units".formatted(warehouse.database()));
            catalog.hideSalesBefore(1);
            assertThat(counted("sales_as_of_1")).isEqualTo("6");

            catalog.hideSalesBefore(2);
        }

        assertThat(rows("SHOW VIEWS IN %s")).contains("sales_as_of_june").doesNotContain("sales_as_of_1");
    }

    @Test
    void readsOneDateOfTheBaseAndTheDeltasThatAreNotMerged() throws Exception {
        for (String view : List.of("sales_transactions_fact", "sales")) {
            String dependencies = String.join(
                    "",
                    rows("EXPLAIN DEPENDENCY SELECT COUNT(*), SUM(units) FROM %s." + view
                            + " WHERE transaction_date = '" + FIRST_DAY + "'"));

            assertThat(dependencies)
                    .as(view)
                    .contains("sales_base@transaction_date=2024-07-01", "sales_delta@added_in=3")
                    .doesNotContain("transaction_date=2024-07-02", "added_in=1");
        }
    }

    @Test
    void showsAddedColumnsOutOfTheExtrasOfOldAndNewRows() throws Exception {
        AddedColumn logs = new AddedColumn("sales_transactions_fact", "logs", "string", List.of("Logs", "logs"));
        AddedColumn number = new AddedColumn("sales_transactions_fact", "log_number", "int", List.of("logs"));
        Layout layout = Layout.of(warehouse.conf());
        FileSystem fs = layout.root().getFileSystem(warehouse.conf());
        AddedColumn phone = new AddedColumn("branch_dim", "phone", "string", List.of("phone"));
        Snapshot state = Snapshots.latest(fs, layout).adding(List.of(logs, number, phone));
        fs.delete(layout.snapshots().file(PUBLISHED), false);
        Snapshots.write(fs, layout, state);

        assertThat(ToolRunner.run(warehouse.conf(), new DdlTool(), new String[0]))
                .isZero();

        for (String view : List.of("sales_transactions_fact", "sales")) {
            assertThat(rows("SELECT transaction_id, logs, log_number FROM %s." + view
                            + " WHERE logs IS NOT NULL ORDER BY transaction_id"))
                    .as(view)
                    .containsExactly("t5|a;b|null", "t6|a;b|null", "t7|a;b|null", "t8|a;b|null");
        }
        assertThat(rows("DESCRIBE %s.sales")).contains("log_number|int|Added by a contract; read from extras");
        assertThat(rows("DESCRIBE %s.branch_dim_current"))
                .contains("phone|string|Added by a contract; read from extras");
        assertThat(rows("SELECT branch_id, phone FROM %s.branch_dim_current")).containsExactly("1|null");
        assertThat(rows("SELECT COUNT(*) FROM %s.sales_pseudonymous")).containsExactly("8");
    }

    @Test
    void isNotResetByTheDdl() throws Exception {
        assertThat(ToolRunner.run(warehouse.conf(), new DdlTool(), new String[0]))
                .isZero();

        assertThat(counted("sales_transactions_fact")).isEqualTo("8");
    }

    private void show(long mergedUpTo, long published) throws Exception {
        try (Catalog catalog = Catalogs.open(warehouse.conf())) {
            catalog.showSales(mergedUpTo, published, List.of());
        }
    }

    private String counted(String view) throws Exception {
        return rows("SELECT COUNT(*) FROM %s." + view).get(0);
    }

    private List<String> rows(String sql) throws Exception {
        return hive.rows(sql.replace("%s", warehouse.database()));
    }
}
