package com.qcompany.ops.hive;

import static com.qcompany.ops.hive.SampleWarehouse.MERGED_UP_TO;
import static com.qcompany.ops.hive.SampleWarehouse.PUBLISHED;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.Main;
import com.qcompany.hive.Catalogs;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Lease;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Statistics on a real HiveServer2. */
@WithStack
class StatisticsTest {

    private SampleWarehouse warehouse;
    private HiveQueries hive;

    @BeforeEach
    void publish(EmbeddedStack stack, TestInfo test) throws Exception {
        warehouse = SampleWarehouse.publish(
                stack, "statistics_" + test.getTestMethod().orElseThrow().getName());
        hive = new HiveQueries(stack);
    }

    @AfterEach
    void close() throws Exception {
        hive.close();
    }

    @Test
    void guidePlansAndNeverAnswerForRowsThatCameLater() throws Exception {
        assertThat(stats()).isEqualTo(ExitCode.OK);
        String firstDay = "SELECT COUNT(*) FROM %s.sales_base WHERE transaction_date = '2024-07-01'"
                .formatted(warehouse.database());
        assertThat(hive.rows("EXPLAIN " + firstDay)).anyMatch(line -> line.startsWith("Statistics: Num rows: 5 "));
        assertThat(hive.rows("DESCRIBE FORMATTED %s.product_dim".formatted(warehouse.database())))
                .anyMatch(line -> line.matches("\\|numRows *\\|5 *"));
        hive.run("SET hive.compute.query.using.stats=true");
        assertThat(sales()).isEqualTo("8");

        warehouse.appendSale("t9");
        assertThat(hive.rows(firstDay)).containsExactly("6");
        assertThat(sales()).isEqualTo("9");

        warehouse.addDelta(PUBLISHED + 1, "t10");
        try (Catalog catalog = Catalogs.open(warehouse.conf())) {
            catalog.showSales(MERGED_UP_TO, PUBLISHED + 1, List.of());
        }
        assertThat(sales()).isEqualTo("10");
    }

    @Test
    void areNotComputedWhileAnotherRunMayMovePartitions() throws Exception {
        try (Lease lease =
                Lease.acquire(warehouse.fs(), warehouse.layout().warehouseLease(), "load", Duration.ofSeconds(1))) {
            assertThat(stats()).isEqualTo(ExitCode.LOCKED);
            lease.verify();
        }
    }

    private ExitCode stats() throws Exception {
        return ExitCode.of(Main.run(warehouse.conf(), "stats"));
    }

    private String sales() throws Exception {
        return hive.rows("SELECT COUNT(*) FROM %s.sales_transactions_fact".formatted(warehouse.database()))
                .get(0);
    }
}
