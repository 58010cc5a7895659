package com.qcompany.ops.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.hive.DdlTool;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.Test;

/** Upgrading a warehouse in Hive that the release before left. */
@WithStack
class UpgradeOnHiveTest {

    private static final String OLD_SNAPSHOT = "{\"sequence\": 1, \"tableVersions\": {}, \"loadedUpTo\": 7}";

    @Test
    void makesItAnEmptyWarehouseOfThisReleaseAndKeepsTheFiles(EmbeddedStack stack) throws Exception {
        Configuration conf = stack.clientConf();
        conf.set(Settings.ROOT.key(), "/it/upgrade");
        conf.set(Settings.DATABASE.key(), "it_upgrade");
        FileSystem fs = FileSystem.get(conf);
        Layout layout = Layout.of(conf);
        try (HiveQueries hive = new HiveQueries(stack)) {
            leaveAnOldWarehouse(hive, fs, layout);
            assertThatThrownBy(() -> ddl(conf)).hasMessageContaining("`q ddl --upgrade` moves an older warehouse");

            assertThat(ddl(conf, "--upgrade")).isEqualTo(ExitCode.OK);

            assertThat(hive.rows("SELECT COUNT(*) FROM it_upgrade.sales_transactions_fact"))
                    .containsExactly("0");
            assertThat(hive.rows("SHOW PARTITIONS it_upgrade.kafka")).containsExactly("event_date=2024-07-04");
            assertThat(fs.exists(new Path("/it/upgrade/tables-before-base-and-delta/sales_transactions_fact/data/f")))
                    .isTrue();

            // Killed after the views were made and before the snapshots were moved.
            write(fs, layout.snapshots().file(1), OLD_SNAPSHOT);
            fs.delete(layout.state("before-base-and-delta/snapshots"), true);
            assertThat(ddl(conf, "--upgrade")).isEqualTo(ExitCode.OK);
            assertThat(ddl(conf, "--upgrade")).isEqualTo(ExitCode.OK);
            assertThat(hive.rows("SELECT COUNT(*) FROM it_upgrade.sales")).containsExactly("0");
        }
    }

    private static void leaveAnOldWarehouse(HiveQueries hive, FileSystem fs, Layout layout) throws Exception {
        hive.run("CREATE DATABASE it_upgrade");
        for (String table : new String[] {"sales_transactions_fact", "product_dim", "load_runs"}) {
            hive.run(
                    "CREATE EXTERNAL TABLE it_upgrade.%s (a int) PARTITIONED BY (d string) STORED AS PARQUET LOCATION '%s'"
                            .formatted(table, fs.makeQualified(new Path("/it/upgrade/tables/" + table + "/root"))));
            hive.run("ALTER TABLE it_upgrade.%s ADD PARTITION (d='2024-07-01')".formatted(table));
            write(fs, new Path("/it/upgrade/tables/" + table + "/data/f"), "rows");
        }
        hive.run("CREATE EXTERNAL TABLE it_upgrade.kafka (a int) PARTITIONED BY (event_date string) LOCATION '%s'"
                .formatted(fs.makeQualified(new Path("/it/upgrade/tables/kafka"))));
        hive.run("ALTER TABLE it_upgrade.kafka ADD PARTITION (event_date='2024-07-04')");
        hive.run("CREATE VIEW it_upgrade.sales AS SELECT a FROM it_upgrade.sales_transactions_fact");
        write(fs, layout.journal().file(1), "{}");
        write(fs, layout.snapshots().file(1), OLD_SNAPSHOT);
    }

    private static void write(FileSystem fs, Path file, String text) throws IOException {
        try (FSDataOutputStream out = fs.create(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static ExitCode ddl(Configuration conf, String... args) throws Exception {
        return ExitCode.of(ToolRunner.run(conf, new DdlTool(), args));
    }
}
