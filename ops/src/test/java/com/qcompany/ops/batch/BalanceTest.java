package com.qcompany.ops.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.Main;
import com.qcompany.generator.GroupGenerator;
import com.qcompany.generator.SalesTruth;
import com.qcompany.hive.HiveSession;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshots;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.parquet.hadoop.ParquetWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that prove figures, over real HDFS, YARN and HiveServer2. */
@WithStack
class BalanceTest {

    @TempDir
    Path dir;

    @Test
    void figuresBalanceAreRebuiltAndFaultsAreFound(EmbeddedStack stack) throws Exception {
        Configuration conf = stack.clientConf();
        conf.set(Settings.ROOT.key(), "/it/balance");
        conf.set(Settings.DATABASE.key(), "it_balance");
        conf.setInt(Settings.LOAD_MAX_REJECTED.key(), 1);
        SalesTruth truth = new GroupGenerator(5, 200, 0.05, 0).write(dir, 1, 2);
        assertThat(Main.run(conf, "ddl")).isZero();
        for (int hour = 0; hour < 2; hour++) {
            assertThat(Main.run(conf, "ingest", "--landing", dir.toString(), "--now", "--hour", "2024-07-04-0" + hour))
                    .isZero();
            assertThat(Main.run(conf, "load")).isZero();
        }

        String balanced = printed(ExitCode.OK, conf, "audit");

        assertThat(balanced)
                .containsPattern("total +400 +%d ".formatted(truth.facts()))
                .contains("%d transaction dates agree".formatted(truth.dates().size()));
        assertThat(printed(ExitCode.OK, conf, "audit", "--from", "2024-07-04-01", "--to", "2024-07-04-01"))
                .containsPattern("total +200 ");
        Configuration onYarn = new Configuration(conf);
        onYarn.set("mapreduce.framework.name", "yarn");
        assertThat(printed(ExitCode.OK, onYarn, "audit")).isEqualTo(balanced);
        assertThat(printed(ExitCode.OK, conf, "rejects", "--rule", "several_offers", "--samples", "1"))
                .containsPattern("several_offers +2024-07-04-00 +[1-9]")
                .contains("trx-")
                .doesNotContain("units_invalid");
        assertThat(printed(ExitCode.NOTHING_TO_DO, conf, "rejects", "--since", "2024-07-04-02"))
                .contains("No row is rejected");
        assertThat(printed(ExitCode.OK, conf, "rebuild", "--into", "it_rebuilt"))
                .contains(
                        "%d sales, %d units".formatted(truth.facts(), truth.units()),
                        "Equal: every sale, and every version");
        assertThat(printed(ExitCode.OK, conf, "rebuild", "--into", "it_rebuilt", "--from", "2024-07-04-01"))
                .contains("Equal: every sale, and every version");
        assertThat(Main.run(conf, "rebuild", "--into", "it_balance")).isEqualTo(ExitCode.USAGE.code());
        assertThat(Main.run(conf, "rebuild", "--into", "default")).isEqualTo(ExitCode.USAGE.code());

        takeAGroupBackAndRestoreIt(conf, truth);
        eraseACustomer(conf);
        assertThat(printed(ExitCode.OK, conf, "audit")).endsWith(balanced.substring(balanced.indexOf("source hour")));

        rewriteFirstFile(conf, StarSchema.CUSTOMER_DIM, rows -> rows.get(0).set("customer_lname", "Nobody"));
        rewriteFirstFile(conf, StarSchema.SALES_DELTA, rows -> {
            rows.get(1).set("extras", Map.of("till", "7"));
            rows.add(rows.get(0));
        });
        assertThat(printed(ExitCode.CHECKS_FAILED, conf, "rebuild", "--into", "it_rebuilt"))
                .containsPattern("customer_dim \\d+ is 0 times in it_balance and 1 times in it_rebuilt")
                .containsPattern("sales_transactions_fact trx-\\d+ is 2 times in it_balance and 1 times in it_rebuilt")
                .containsPattern("sales_transactions_fact.extras trx-\\d+ is 1 times in it_balance and 0 times in")
                .contains("NOT equal");
        doubleAFileOfTheFirstHour(conf);

        assertThat(printed(ExitCode.CHECKS_FAILED, conf, "audit")).contains(" is published 2 times", "NOT balanced: ");
        assertThat(printed(ExitCode.OK, conf, "rebuild", "--into", "it_rebuilt", "--drop"))
                .contains("Dropped");
    }

    @Test
    void comparesSinceWhenUnlessAVersionWasSupersededOrErased(EmbeddedStack stack) throws Exception {
        Configuration conf = stack.clientConf();
        conf.set(Settings.ROOT.key(), "/it/since");
        conf.set(Settings.DATABASE.key(), "it_since");
        assertThat(Main.run(conf, "ddl")).isZero();
        deliver(conf, 2, 1);
        deliver(conf, 1, 1);
        deliver(conf, 3, 5);
        try (HiveSession hive = HiveSession.open(conf)) {
            assertThat(hive.query("SELECT customer_id, CAST(valid_from AS string) FROM it_since.customer_dim")
                            .rows())
                    .containsExactlyInAnyOrder(
                            List.of("7", "2024-07-04 02:00:00"), List.of("8", "2024-07-04 01:00:00"));
        }

        assertThat(printed(ExitCode.OK, conf, "rebuild", "--into", "it_since_again"))
                .contains("Equal: every sale, and every version");

        rewriteFirstFile(
                conf,
                StarSchema.CUSTOMER_DIM,
                rows -> rows.forEach(row -> row.set("valid_from", LocalDateTime.of(2024, 7, 4, 3, 0))));
        assertThat(printed(ExitCode.CHECKS_FAILED, conf, "rebuild", "--into", "it_since_again"))
                .contains("customer_dim 8 is 0 times in it_since and 1 times in it_since_again")
                .doesNotContain("customer_dim 7");

        assertThat(printed(ExitCode.OK, conf, "erase", "--customer", "8")).contains("Erased customer 8");
        assertThat(printed(ExitCode.OK, conf, "rebuild", "--into", "it_since_again"))
                .contains("Equal: every sale, and every version");
    }

    /** Loads a group with one sale of customer 7, the same in each hour but for its units, and one of customer 8 of its own. */
    private void deliver(Configuration conf, int hour, int units) throws Exception {
        Path group = Files.createDirectories(dir.resolve("group" + hour));
        Files.writeString(
                group.resolve("branches_1.csv"), "branch_id,location,establish_date,class\n1,New York,2017-01-15,A\n");
        Files.writeString(group.resolve("sales_agents_1.csv"), "sales_person_id,name,hire_date\n1,John Doe,2020-6-3\n");
        Files.writeString(
                group.resolve("sales_transactions_1.csv"),
                """
                transaction_date,transaction_id,customer_id,customer_fname,cusomter_lname,cusomter_email,sales_agent_id,\
                branch_id,product_id,product_name,product_category,offer_1,offer_2,offer_3,offer_4,offer_5,units,\
                unit_price,is_online,payment_method,shipping_address
                2023-5-20,trx-1,7,Ann,Brown,ann@gmail.com,1,1,22,Coffee Maker,Appliances,,,,,,%d,79.99,no,Cash
                2023-5-20,own-%d,8,Joe,Green,joe@gmail.com,1,1,23,Toaster,Appliances,,,,,,1,29.99,no,Cash
                """
                        .formatted(units, hour));
        String at = "2024-07-04-0" + hour;
        assertThat(Main.run(conf, "ingest", "--landing", dir.toString(), "--now", "--hour", at))
                .isZero();
        assertThat(Main.run(conf, "load")).isZero();
    }

    private void takeAGroupBackAndRestoreIt(Configuration conf, SalesTruth truth) throws Exception {
        String day = truth.dates().first();
        String[] dump = {
            "dump",
            "--from",
            day,
            "--to",
            LocalDate.parse(day).plusDays(60).toString(),
            "--out",
            dir.resolve("partners/{date}").toString()
        };
        String[] corrected = {"dump", "--date", day, "--corrected", "--out", dump[6]};
        printed(ExitCode.OK, conf, dump);
        Set<String> issued = partnersFiles();

        assertThat(printed(
                        ExitCode.OK, conf, "retract", "-D", "q.hive.url=", "--group", "group2", "--reason", "till 7"))
                .contains("Retracted 2024-07-04-01/group2: ");
        printed(ExitCode.OK, conf, corrected);
        assertThat(partnersFiles()).as("Hive does not show it yet").isEqualTo(issued);
        printed(ExitCode.OK, conf, "repair");

        assertThat(printed(ExitCode.OK, conf, "audit")).containsPattern("\\n2024-07-04-01 +200( +0){6} +200 ");
        assertThat(printed(ExitCode.OK, conf, "rebuild", "--into", "it_rebuilt"))
                .contains("Equal: every sale, and every version");
        printed(ExitCode.OK, conf, corrected);
        Set<String> again = partnersFiles();
        assertThat(again).containsAll(issued).anyMatch(file -> file.endsWith("-v2.csv"));
        printed(ExitCode.OK, conf, corrected);
        assertThat(partnersFiles()).isEqualTo(again);
        long before = Snapshots.latest(FileSystem.get(conf), Layout.of(conf)).sequence() - 1;
        assertThat(printed(ExitCode.OK, conf, "sales", "--as-of", Long.toString(before)))
                .contains("it_balance.sales_as_of_%d shows".formatted(before));
        try (HiveSession hive = HiveSession.open(conf)) {
            assertThat(hive.query("SELECT COUNT(*), SUM(units) FROM it_balance.sales_as_of_" + before)
                            .rows())
                    .containsExactly(List.of(Long.toString(truth.facts()), Long.toString(truth.units())));
        }
        assertThat(Main.run(conf, "sales", "--as-of", "99")).isEqualTo(ExitCode.USAGE.code());
        assertThat(printed(ExitCode.OK, conf, "restore", "--group", "group2")).contains("Restored ");
        String second = again.stream()
                .filter(file -> file.endsWith("-v2.csv"))
                .findFirst()
                .orElseThrow();
        printed(ExitCode.OK, conf, corrected);
        assertThat(partnersFiles()).contains(second.replace("-v2.", "-v3."));
    }

    private static void eraseACustomer(Configuration conf) throws Exception {
        try (HiveSession hive = HiveSession.open(conf)) {
            String id = hive.query("SELECT MAX(customer_id) FROM it_balance.sales_transactions_fact WHERE is_online")
                    .rows()
                    .get(0)
                    .get(0);
            assertThat(printed(ExitCode.OK, conf, "erase", "--customer", id)).contains("Erased customer " + id);
            assertThat(hive.query("SELECT customer_fname, customer_lname, customer_email FROM it_balance.customer_dim"
                                    + " WHERE customer_id = " + id)
                            .rows())
                    .containsExactly(List.of("erased", "erased", ""));
            assertThat(hive.query("SELECT DISTINCT shipping_address FROM it_balance.sales_transactions_fact"
                                    + " WHERE is_online AND customer_id = " + id)
                            .rows())
                    .containsExactly(List.of("erased"));
        }
    }

    private Set<String> partnersFiles() throws Exception {
        try (Stream<Path> files = Files.walk(dir.resolve("partners"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    private static void rewriteFirstFile(Configuration conf, Table table, Consumer<List<Row>> change) throws Exception {
        Layout layout = Layout.of(conf);
        FileSystem fs = layout.root().getFileSystem(conf);
        org.apache.hadoop.fs.Path file =
                DataFile.of(Snapshots.latest(fs, layout), layout, table).get(0).path();
        List<Row> rows = new ArrayList<>();
        ParquetRows.forEach(ParquetRows.reader(table, file, conf), rows::add);
        change.accept(rows);
        fs.delete(file, false);
        try (ParquetWriter<Row> writer = ParquetRows.writer(table, file, conf)) {
            for (Row row : rows) {
                writer.write(row);
            }
        }
    }

    private static void doubleAFileOfTheFirstHour(Configuration conf) throws Exception {
        Layout layout = Layout.of(conf);
        FileSystem fs = layout.root().getFileSystem(conf);
        DataFile file = DataFile.of(Snapshots.latest(fs, layout), layout, StarSchema.SALES_DELTA)
                .get(0);
        org.apache.hadoop.fs.Path copy =
                new org.apache.hadoop.fs.Path(file.path().getParent(), "copy.parquet");
        assertThat(FileUtil.copy(fs, file.path(), fs, copy, false, conf)).isTrue();
    }

    private static String printed(ExitCode expected, Configuration conf, String... command) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        int code;
        try {
            code = Main.run(conf, command);
        } finally {
            System.setOut(before);
        }
        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertThat(code).as(printed).isEqualTo(expected.code());
        return printed;
    }
}
