package com.qcompany.ops.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.compact.CompactTool;
import com.qcompany.hive.Catalogs;
import com.qcompany.hive.HiveSession;
import com.qcompany.hive.StatsTool;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.StackExtension;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ContentSummary;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Statistics on a real HiveServer2. */
@ExtendWith(StackExtension.class)
class StatisticsTest {

    private static final String FIRST = "2024-03-01";
    private static final String SECOND = "2024-03-02";

    @Test
    void thoseOfTouchedPartitionsFollowWhatIsPublished(EmbeddedStack stack) throws Exception {
        PublishedWarehouse warehouse = PublishedWarehouse.create(stack, "statistics_touched");
        try (Catalog catalog = Catalogs.open(warehouse.conf);
                HiveSession session = HiveSession.open(warehouse.conf)) {
            Snapshot state = warehouse.publisher(catalog, () -> {}).recover();
            state = publish(warehouse, catalog, state, "load1", FIRST, SECOND);
            assertThat(stats(warehouse.conf)).isEqualTo(ExitCode.OK.code());
            publish(warehouse, catalog, state, "load2", SECOND);
            assertThat(statistics(session, warehouse, SECOND)).containsEntry("numRows", "5");

            assertThat(stats(warehouse.conf, "--touched")).isEqualTo(ExitCode.OK.code());

            assertThat(statistics(session, warehouse, FIRST)).isEqualTo(published(warehouse, FIRST, 1, 5));
            assertThat(statistics(session, warehouse, SECOND)).isEqualTo(published(warehouse, SECOND, 2, 10));
            assertThat(numbers(session, "DESCRIBE FORMATTED statistics_touched.product_dim"))
                    .containsEntry("numRows", "3");
            assertThat(stats(warehouse.conf, "--touched")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        }
    }

    @Test
    void aLoadComputesThoseThatAreFarthestFromTheTruth(EmbeddedStack stack) throws Exception {
        PublishedWarehouse warehouse = PublishedWarehouse.create(stack, "statistics_bounded");
        try (Catalog catalog = Catalogs.open(warehouse.conf);
                HiveSession session = HiveSession.open(warehouse.conf)) {
            Snapshot state = warehouse.publisher(catalog, () -> {}).recover();
            state = publish(warehouse, catalog, state, "load1", FIRST, SECOND);
            catalog.refreshStatistics(state, 2);
            state = publish(warehouse, catalog, state, "load2", FIRST);
            for (int load = 3; load < 6; load++) {
                state = publish(warehouse, catalog, state, "load" + load, SECOND);
            }

            catalog.refreshStatistics(state, 1);

            assertThat(statistics(session, warehouse, FIRST)).containsEntry("numRows", "5");
            assertThat(statistics(session, warehouse, SECOND)).isEqualTo(published(warehouse, SECOND, 4, 20));
        }
    }

    @Test
    void neverAnswerForRowsThatAreNotThere(EmbeddedStack stack) throws Exception {
        PublishedWarehouse warehouse = PublishedWarehouse.create(stack, "statistics_answers");
        warehouse.conf.setInt(Settings.STATISTICS_PER_LOAD.key(), 0);
        try (Catalog catalog = Catalogs.open(warehouse.conf);
                HiveSession session = HiveSession.open(warehouse.conf)) {
            session.execute("SET hive.compute.query.using.stats=true");
            Snapshot state = warehouse.publisher(catalog, () -> {}).recover();
            state = publish(warehouse, catalog, state, "load1", FIRST, SECOND);
            stats(warehouse.conf);
            assertThat(counted(session, warehouse)).isEqualTo("10");

            publish(warehouse, catalog, state, "load2", SECOND);
            assertThat(counted(session, warehouse)).isEqualTo("15");

            ToolRunner.run(warehouse.conf, new CompactTool(), new String[] {"--all"});
            assertThat(statistics(session, warehouse, SECOND)).containsEntry("numRows", "5");
            assertThat(counted(session, warehouse)).isEqualTo("15");
        }
    }

    @Test
    void areNotComputedWhileAnotherRunMayMovePartitions(EmbeddedStack stack) throws Exception {
        PublishedWarehouse warehouse = PublishedWarehouse.create(stack, "statistics_locked");
        try (Lease lease = Lease.acquire(
                warehouse.fs, warehouse.layout.state("leases/warehouse"), "load", Duration.ofMinutes(1))) {
            assertThat(stats(warehouse.conf, "--touched")).isEqualTo(ExitCode.LOCKED.code());
            lease.verify();
        }
    }

    private static int stats(Configuration conf, String... args) throws Exception {
        return ToolRunner.run(conf, new StatsTool(), args);
    }

    /** Five sales for each date, and three products. */
    private static Snapshot publish(
            PublishedWarehouse warehouse, Catalog catalog, Snapshot before, String run, String... dates)
            throws Exception {
        PublishedWarehouse.Run staged = warehouse.run(run).products(3);
        for (String date : dates) {
            staged.sales(date, 1, 5);
        }
        return warehouse.publisher(catalog, () -> {}).publish(before, staged.request());
    }

    private static String counted(HiveSession session, PublishedWarehouse warehouse) throws Exception {
        return session.query("SELECT COUNT(*) FROM " + warehouse.fact())
                .rows()
                .get(0)
                .get(0);
    }

    private static Map<String, String> published(PublishedWarehouse warehouse, String date, int files, int rows)
            throws Exception {
        long version = warehouse
                .current()
                .partitionsOf(PublishedWarehouse.FACT)
                .get(date)
                .version();
        ContentSummary there = warehouse.fs.getContentSummary(
                warehouse.layout.partitionVersion(PublishedWarehouse.FACT, List.of(date), version));
        assertThat(there.getFileCount()).isEqualTo(files);
        return Map.of(
                "numFiles", Integer.toString(files),
                "numRows", Integer.toString(rows),
                "totalSize", Long.toString(there.getLength()));
    }

    private static Map<String, String> statistics(HiveSession session, PublishedWarehouse warehouse, String date)
            throws Exception {
        return numbers(
                session, "DESCRIBE FORMATTED %s PARTITION (transaction_date='%s')".formatted(warehouse.fact(), date));
    }

    private static Map<String, String> numbers(HiveSession session, String describe) throws Exception {
        return session.query(describe).rows().stream()
                .filter(row -> row.get(1) != null)
                .filter(row -> List.of("numFiles", "numRows", "totalSize")
                        .contains(row.get(1).strip()))
                .collect(Collectors.toMap(
                        row -> row.get(1).strip(), row -> row.get(2).strip()));
    }
}
