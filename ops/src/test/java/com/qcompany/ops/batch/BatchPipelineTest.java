package com.qcompany.ops.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.qcompany.batch.Main;
import com.qcompany.generator.GroupGenerator;
import com.qcompany.generator.SalesTruth;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the landing folder to the reports, over real HDFS, YARN and HiveServer2. */
@WithStack
class BatchPipelineTest {

    private static final Path REAL = Path.of(System.getProperty("q.project.root", ".."), "../shared/data/real");

    @TempDir
    Path dir;

    @Test
    void realGroupsGiveTheKnownReports(EmbeddedStack stack) throws Exception {
        assumeTrue(Files.isDirectory(REAL), "the real groups are not here");
        Configuration conf = warehouse(stack, "real");
        run(conf, "ddl");
        for (int hour = 0; hour < 3; hour++) {
            run(conf, "ingest", "--landing", REAL.toString(), "--now", "--hour", "2024-07-04-0" + hour);
        }
        run(conf, "load");

        run(conf, "audit");
        run(conf, "report", "--limit", "5", "--out", dir.toString());

        assertThat(firstColumns("top_products", 1, 4)).containsExactly("16 692", "4 689", "13 622", "23 611", "30 606");
        assertThat(firstColumns("top_offers", 2, 3).stream().sorted())
                .containsExactly("10 286", "15 303", "20 303", "25 292", "5 304");
        // Counted once a sale, by its own address: the prototype took a customer's first row and counted cities twice.
        assertThat(firstColumns("lowest_cities_online", 1, 2, 3))
                .containsExactly(
                        "Smartsville CA 19.99",
                        "Northfield KY 19.992",
                        "Lynn Haven FL 28.4905",
                        "Grass Valley CA 29.99",
                        "Revere MA 39.99");
        assertThat(query(stack, "SELECT count(*), sum(units), sum(total_paid_price) FROM it_real.sales"))
                .isEqualTo("3000 16521 2821074.7745");
        assertThat(query(stack, "SELECT count(*), sum(total_paid_price) FROM it_real.sales WHERE is_online"))
                .isEqualTo("1000 943731.0335");
    }

    @Test
    void jobsOnYarnLoadWhatTheGeneratorSays(EmbeddedStack stack) throws Exception {
        Configuration conf = warehouse(stack, "yarn");
        conf.set("mapreduce.framework.name", "yarn");
        conf.setInt("q.load.reducers", 2);
        Path landing = Files.createDirectories(dir.resolve("landing"));
        SalesTruth truth = GroupGenerator.of(11, 120).write(landing, 1, 3);
        run(conf, "ddl");
        run(conf, "ingest", "--landing", landing.toString(), "--now", "--hour", "2024-07-04-00");
        run(conf, "load");
        run(conf, "ingest", "--landing", landing.toString(), "--now", "--hour", "2024-07-04-01");
        run(conf, "ingest", "--landing", landing.toString(), "--now", "--hour", "2024-07-04-02");
        run(conf, "load");
        run(conf, "compact");

        assertThat(query(stack, "SELECT count(*), sum(units), sum(total_paid_price) FROM it_yarn.sales"))
                .isEqualTo("%d %d %s"
                        .formatted(
                                truth.facts(),
                                truth.units(),
                                truth.totalPaid().stripTrailingZeros().toPlainString()));
        assertThat(query(stack, "SELECT count(*) FROM it_yarn.rejected_rows"))
                .isEqualTo(Long.toString(truth.rejected()));
    }

    private static Configuration warehouse(EmbeddedStack stack, String name) {
        Configuration conf = stack.clientConf();
        conf.set(Settings.ROOT.key(), "/it/" + name);
        conf.set(Settings.DATABASE.key(), "it_" + name);
        return conf;
    }

    private static void run(Configuration conf, String... args) {
        assertThat(Main.run(conf, args)).as(String.join(" ", args)).isEqualTo(ExitCode.OK.code());
    }

    private List<String> firstColumns(String report, int... columns) throws Exception {
        return Files.readAllLines(dir.resolve(report + ".csv")).stream()
                .skip(1)
                .map(line -> line.split(","))
                .map(fields -> String.join(
                        " ",
                        java.util.Arrays.stream(columns)
                                .mapToObj(column -> fields[column - 1])
                                .toList()))
                .toList();
    }

    private static String query(EmbeddedStack stack, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(stack.hiveUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                Object value = rows.getObject(i);
                Object shown = value instanceof BigDecimal money
                        ? money.stripTrailingZeros().toPlainString()
                        : value;
                line.append(i > 1 ? " " : "").append(shown);
            }
            return line.toString();
        }
    }
}
