package com.qcompany.ops.hive;

import static com.qcompany.warehouse.schema.StarSchema.PRODUCT_DIM;
import static com.qcompany.warehouse.schema.StarSchema.SALES_BASE;
import static com.qcompany.warehouse.schema.StarSchema.SALES_DELTA;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.Main;
import com.qcompany.hive.AuditTool;
import com.qcompany.hive.Catalogs;
import com.qcompany.hive.DdlTool;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.Snapshots;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@WithStack
class RepairTest {

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
    void bringsEverythingBackAfterTheMetastoreWasLost() throws Exception {
        hive.run("DROP DATABASE %s CASCADE".formatted(warehouse.database()));

        assertThat(repair()).isEqualTo(ExitCode.OK.code());

        assertThat(sales()).containsExactly("8|15|203.942500");
        assertThat(hive.rows("SELECT COUNT(*) FROM %s.product_dim".formatted(warehouse.database())))
                .containsExactly("5");
        assertThat(ToolRunner.run(warehouse.conf(), new AuditTool(), new String[0]))
                .isEqualTo(ExitCode.OK.code());
    }

    @Test
    void ddlMakesNoEmptyTablesWhereSomethingIsPublished() throws Exception {
        hive.run("DROP DATABASE %s CASCADE".formatted(warehouse.database()));

        assertThat(ToolRunner.run(warehouse.conf(), new DdlTool(), new String[0]))
                .isEqualTo(ExitCode.OK.code());

        assertThat(sales()).containsExactly("8|15|203.942500");
        assertThat(hive.rows("SELECT COUNT(*) FROM %s.product_dim".formatted(warehouse.database())))
                .containsExactly("5");
    }

    @Test
    void addsMovesAndDropsWhatDiffersFromTheSnapshot() throws Exception {
        String base = warehouse.database() + ".sales_base";
        hive.run("ALTER TABLE %s DROP PARTITION (transaction_date='2024-07-02')".formatted(base));
        try (Catalog catalog = Catalogs.open(warehouse.conf())) {
            catalog.setPartitionLocations(SALES_BASE, Map.of(List.of("2024-07-01"), new Path("/it/elsewhere")));
            catalog.addPartitions(SALES_BASE, Map.of(List.of("2024-07-03"), new Path("/it/stray")));
            catalog.dropPartitions(SALES_DELTA, List.of(List.of("3"), List.of("5")));
            catalog.setTableLocation(PRODUCT_DIM, new Path("/it/elsewhere"));
            catalog.showSales(0, 0, List.of());
        }
        assertThat(sales()).containsExactly("0|null|null");

        assertThat(repair()).isEqualTo(ExitCode.OK.code());
        assertThat(repair()).isEqualTo(ExitCode.OK.code());

        assertThat(sales()).containsExactly("8|15|203.942500");
        assertThat(hive.rows("SHOW PARTITIONS " + base))
                .containsExactlyInAnyOrder("transaction_date=2024-07-01", "transaction_date=2024-07-02");
        assertThat(hive.rows("SHOW PARTITIONS %s.sales_delta".formatted(warehouse.database())))
                .containsExactlyInAnyOrder("added_in=1", "added_in=3");
        assertThat(hive.rows("SELECT COUNT(*) FROM %s.product_dim".formatted(warehouse.database())))
                .containsExactly("5");
    }

    @Test
    void hidesRowsThatWereInsertedByHand() throws Exception {
        String branches = "SELECT COUNT(*) FROM %s.branch_dim".formatted(warehouse.database());
        List<String> before = hive.rows(branches);
        List<String> salesBefore = sales();
        hive.run("INSERT INTO %1$s.branch_dim SELECT * FROM %1$s.branch_dim".formatted(warehouse.database()));
        hive.run("INSERT INTO %1$s.sales_base SELECT * FROM %1$s.sales_base WHERE transaction_date = '2024-07-02'"
                .formatted(warehouse.database()));
        assertThat(hive.rows(branches)).isNotEqualTo(before);
        assertThat(sales()).isNotEqualTo(salesBefore);

        assertThat(repair()).isEqualTo(ExitCode.OK.code());

        assertThat(hive.rows(branches)).isEqualTo(before);
        assertThat(sales()).isEqualTo(salesBefore);
    }

    @Test
    void takesBackWhatSomebodyDeletedOrSaysThatItIsGone() throws Exception {
        List<String> before = sales();
        FileSystem fs = warehouse.fs();
        Path file = DataFile.of(Snapshots.latest(fs, warehouse.layout()), warehouse.layout(), SALES_BASE)
                .get(0)
                .path();
        Path trash = new Path("/user/somebody/.Trash/Current" + file.toUri().getPath());
        fs.mkdirs(trash.getParent());
        assertThat(fs.rename(file, trash)).isTrue();

        assertThat(repair()).isEqualTo(ExitCode.OK.code());
        assertThat(sales()).isEqualTo(before);

        fs.delete(file, false);
        assertThat(repair()).isEqualTo(ExitCode.CHECKS_FAILED.code());
    }

    @Test
    void keepsPartitionsThatAreRegisteredAndMovesManyOverSeveralConnections() throws Exception {
        Configuration conf = warehouse.conf();
        conf.setInt(Settings.HIVE_CONNECTIONS.key(), 2);
        Map<List<String>, Path> first = new HashMap<>();
        Map<List<String>, Path> next = new HashMap<>();
        for (int day = 1; day <= 9; day++) {
            List<String> partition = List.of("2021-02-%02d".formatted(day));
            first.put(partition, warehouse.layout().partitionVersion(SALES_BASE, partition, 1));
            next.put(partition, warehouse.layout().partitionVersion(SALES_BASE, partition, 2));
        }
        try (Catalog catalog = Catalogs.open(conf)) {
            catalog.addPartitions(SALES_BASE, first);
            catalog.addPartitions(SALES_BASE, next);
            assertThat(locations()).hasSize(9).allMatch(location -> location.endsWith("/v-0000000001"));

            catalog.setPartitionLocations(SALES_BASE, next);
            catalog.setPartitionLocations(SALES_BASE, next);
        }

        assertThat(locations()).hasSize(9).allMatch(location -> location.endsWith("/v-0000000002"));
    }

    @Test
    void leavesHiveAloneWhileAnotherRunPublishes() throws Exception {
        Path leases = warehouse.layout().state("leases/warehouse");
        try (Lease lease = Lease.acquire(warehouse.fs(), leases, "load", Duration.ofSeconds(1))) {
            assertThat(repair()).isEqualTo(ExitCode.LOCKED.code());
        }
    }

    private int repair() throws Exception {
        return Main.run(warehouse.conf(), "repair");
    }

    private List<String> sales() throws Exception {
        return hive.rows("SELECT COUNT(*), SUM(units), SUM(total_paid_price) FROM %s.sales_transactions_fact"
                .formatted(warehouse.database()));
    }

    private List<String> locations() throws Exception {
        return hive
                .rows("EXPLAIN EXTENDED SELECT 1 FROM %s.sales_base WHERE transaction_date LIKE '2021-02-%%'"
                        .formatted(warehouse.database()))
                .stream()
                .filter(line -> line.startsWith("location ") && line.contains("/data/"))
                .toList();
    }
}
