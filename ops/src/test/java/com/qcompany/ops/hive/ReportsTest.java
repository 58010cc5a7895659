package com.qcompany.ops.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.DateRange;
import com.qcompany.hive.DumpTool;
import com.qcompany.hive.HiveSession;
import com.qcompany.hive.HqlScript;
import com.qcompany.hive.Report;
import com.qcompany.hive.Report.Subject;
import com.qcompany.hive.ResultTable;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.pages.ReportTool;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithStack
class ReportsTest {

    @TempDir
    static Path all;

    private static SampleWarehouse warehouse;
    private static HiveQueries hive;

    @BeforeAll
    static void publishAndReport(EmbeddedStack stack) throws Exception {
        warehouse = SampleWarehouse.publish(stack, "reports");
        hive = new HiveQueries(stack);
        assertThat(ToolRunner.run(
                        warehouse.conf(), new ReportTool(conf -> List.of()), new String[] {"--out", all.toString()}))
                .isEqualTo(ExitCode.OK.code());
    }

    @AfterAll
    static void close() throws Exception {
        hive.close();
    }

    @Test
    void anHourIsLoadedOnceWhatWasRefusedInItIs(@TempDir Path out) throws Exception {
        String[] arguments = {"load_hours", "--out", out.toString()};
        assertThat(ToolRunner.run(warehouse.conf(), new ReportTool(conf -> List.of()), arguments))
                .isEqualTo(ExitCode.OK.code());

        assertThat(Files.readAllLines(out.resolve("load_hours.csv")))
                .containsExactly(
                        "source_date,source_hour,state,groups_loaded,groups_refused,rows_rejected,rows_waiting",
                        "2024-07-04,07,loaded,1,0,2,0",
                        "2024-07-04,06,no group,0,0,0,1",
                        "2024-07-04,05,refused,2,1,0,0");
    }

    @Test
    void ranksProductsByUnitsAndNeverByNameAlone() throws Exception {
        assertThat(report("top_products"))
                .containsExactly(
                        "product_id,product_name,product_category,units,sales,total_paid",
                        "9,Boots,Shoes,9,5,135.4525",
                        "4,Mug,Kitchen,5,2,48.50",
                        "18,Boots,Outdoor,1,1,19.99");
    }

    @Test
    void showsSalesWithoutAnOfferApart() throws Exception {
        assertThat(report("top_offers"))
                .containsExactly(
                        "offer,discount_percentage,sales,units,total_paid",
                        "offer_1,5,2,5,38.00",
                        "offer_5,25,1,1,14.9925",
                        "none,0,5,9,150.95");
    }

    @Test
    void ranksOffersOfAProductAndBreaksTies() throws Exception {
        assertThat(report("offers_by_product"))
                .containsExactly(
                        "product_id,product_name,place,offer,sales,units,total_paid",
                        "4,Mug,1,offer_1,1,3,28.50",
                        "9,Boots,1,offer_1,1,2,9.50",
                        "9,Boots,2,offer_5,1,1,14.9925");
    }

    @Test
    void countsCitiesOnceByTheSalesOwnAddressAndShowsSalesWithoutOneApart() throws Exception {
        assertThat(report("lowest_cities_online"))
                .containsExactly(
                        "shipping_city,shipping_state,total_paid,sales,units",
                        "Springfield,MA,9.50,1,2",
                        "Springfield,IL,49.99,2,2",
                        "none,,1.00,1,1");
    }

    @Test
    void showsAgentsByIdEvenWhereNamesAreTheSame() throws Exception {
        assertThat(report("sales_by_agent_and_product"))
                .containsExactly(
                        "transaction_date,sales_agent_id,sales_agent_name,product_id,product_name,units,sales,total_paid",
                        "2024-07-01,1,'=Eve,4,Mug,5,2,48.50",
                        "2024-07-01,2,Dan,9,Boots,1,1,14.9925",
                        "2024-07-01,3,Dan,9,Boots,4,1,79.96");
    }

    @Test
    void showsSalesAtABranchWithoutAnAgent() throws Exception {
        try (HiveSession session = HiveSession.open(warehouse.conf())) {
            String database = warehouse.database();
            Subject.SALES.freeze(session, database, DateRange.ALWAYS);
            session.execute(
                    "INSERT INTO %1$s.sales_transactions_fact (sales_agent_id, product_id, units, total_paid_price,"
                                    .formatted(database)
                            + " is_online, transaction_date) VALUES (NULL, 9, 3, 30.00, false, '2024-07-02')");

            List<List<String>> rows = Report.named("sales_by_agent_and_product")
                    .run(session, database, DateRange.ALWAYS, Integer.MAX_VALUE)
                    .rows();

            assertThat(rows).hasSize(4).endsWith(List.of("2024-07-02", "", "none", "9", "Boots", "3", "1", "30.00"));
        }
    }

    @Test
    void aGroupOfAnHourOfLongAgoMakesNoRowsOfAllHoursSince() throws Exception {
        try (HiveSession session = HiveSession.open(warehouse.conf())) {
            String groups = warehouse.database() + ".source_groups";
            session.execute(
                    "CREATE TEMPORARY TABLE %1$s AS SELECT group_sequence, source_group, source_hour, status FROM %1$s"
                            .formatted(groups));
            session.execute(
                    "INSERT INTO %s VALUES (9, '0204-07-04-18/slip', TIMESTAMP '0204-07-04 18:00:00', 'retracted')"
                            .formatted(groups));

            assertThat(Report.named("load_hours")
                            .run(session, warehouse.database(), DateRange.ALWAYS, Integer.MAX_VALUE)
                            .rows())
                    .hasSize(3);
        }
    }

    @Test
    void aRowThatIsRejectedAgainWhereItsGroupIsLoadedCountsOnce() throws Exception {
        try (HiveSession session = HiveSession.open(warehouse.conf())) {
            List<Report> reports = List.of(Report.named("load_hours"), Report.named("rejected_rows_by_rule"));
            List<ResultTable> before = run(session, reports);
            assertThat(before.get(1).sum("rejected")).isPositive();
            session.execute("CREATE TEMPORARY TABLE %1$s AS SELECT * FROM %1$s UNION ALL SELECT * FROM %1$s"
                    .formatted(warehouse.database() + ".rejected_rows"));

            assertThat(run(session, reports)).isEqualTo(before);
        }
    }

    private List<ResultTable> run(HiveSession session, List<Report> reports) throws IOException {
        List<ResultTable> tables = new ArrayList<>();
        for (Report report : reports) {
            tables.add(report.run(session, warehouse.database(), DateRange.ALWAYS, Integer.MAX_VALUE));
        }
        return tables;
    }

    @Test
    void sumsCategories() throws Exception {
        assertThat(report("sales_by_category"))
                .containsExactly(
                        "product_category,products,sales,units,total_paid",
                        "Shoes,1,5,9,135.4525",
                        "Kitchen,1,2,5,48.50",
                        "Outdoor,1,1,1,19.99");
    }

    @Test
    void ranksCustomersWithTheirCurrentNames() throws Exception {
        assertThat(report("customers_by_spend"))
                .containsExactly(
                        "customer_id,customer_fname,customer_lname,total_paid,sales,units",
                        "2,Bob,Ray,115.9425,4,7",
                        "1,Ann,Kim,88.00,4,8");
    }

    @Test
    void keepsToDatesAndLimit(@TempDir Path some) throws Exception {
        ToolRunner.run(
                warehouse.conf(),
                new ReportTool(conf -> List.of()),
                ("top_products --from 2024-07-01 --to 2024-07-01 --limit 1 --out " + some).split(" "));

        assertThat(some.resolve("top_products.csv"))
                .content()
                .isEqualTo("product_id,product_name,product_category,units,sales,total_paid\r\n"
                        + "4,Mug,Kitchen,5,2,48.50\r\n");
    }

    @Test
    void dumpsADayWithTheNamesInForceAndAnEmptyOneAsAHeader(@TempDir Path out) throws Exception {
        assertThat(dump(out)).isEqualTo(ExitCode.OK.code());

        assertThat(out.resolve("agent_product_units_2024-07-01.csv"))
                .content()
                .isEqualTo("sales_agent_name,product_name,total_sold_units\r\n"
                        + "'=Eve,Mug,5\r\nDan,Boots,1\r\nDan,Boots,4\r\n");
        assertThat(out.resolve("agent_product_units_2024-07-02.csv"))
                .content()
                .isEqualTo("sales_agent_name,product_name,total_sold_units\r\n");
        byte[] first = Files.readAllBytes(out.resolve("agent_product_units_2024-07-01.csv"));
        assertThat(dump(out)).isEqualTo(ExitCode.OK.code());
        assertThat(out.resolve("agent_product_units_2024-07-01.csv")).hasBinaryContent(first);
        try (var files = Files.list(out)) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    void joinsEachSaleOnceToTheVersionInForce() throws Exception {
        assertThat(hive.rows(
                        """
                        SELECT transaction_id, customer_lname, product_name, sales_agent_name, location
                        FROM %s.sales ORDER BY transaction_id"""
                                .formatted(warehouse.database())))
                .containsExactly(
                        "t1|Lee|Cup|=Eve|Oslo",
                        "t2|Kim|Mug|=Eve|Oslo",
                        "t3|Ray|Boots|Dan|Oslo",
                        "t4|Ray|Boots|Dan|Oslo",
                        "t5|Ray|Boots|null|null",
                        "t6|Kim|Boots|null|null",
                        "t7|Kim|Boots|null|null",
                        "t8|Ray|Boots|null|null");
    }

    @Test
    void allReportsAddUpToTheSameSales() throws Exception {
        List<BigDecimal> all = totals("top_products");

        assertThat(totals("top_offers")).isEqualTo(all);
        assertThat(totals("sales_by_category")).isEqualTo(all);
        assertThat(totals("customers_by_spend")).isEqualTo(all);
        assertThat(totals("sales_by_day")).isEqualTo(all);
        assertThat(sum(totals("lowest_cities_online"), totals("sales_by_agent_and_product")))
                .isEqualTo(all);
        assertThat(sum(totals("offers_by_product"), totals("top_offers", line -> line.startsWith("none,"))))
                .isEqualTo(all);
    }

    @Test
    void aReportAloneAndAllTogetherSayTheSame(@TempDir Path alone) throws Exception {
        for (String name : List.of("top_offers", "lowest_cities_online", "customers_by_spend")) {
            ToolRunner.run(
                    warehouse.conf(), new ReportTool(conf -> List.of()), new String[] {name, "--out", alone.toString()
                    });

            assertThat(alone.resolve(name + ".csv")).hasSameTextualContentAs(all.resolve(name + ".csv"));
        }
    }

    /** In Berlin the clock goes from two to three between the two times. */
    @Test
    void secondsOfARunAreThoseOfUtcWhateverTheServersZone(EmbeddedStack stack) throws Exception {
        String script =
                HqlScript.ofResource("reports/load_runs.hql").templates().get(0);
        try (HiveQueries berlin = new HiveQueries(stack)) {
            berlin.run("SET hive.local.time.zone=Europe/Berlin");
            assertThat(berlin.rows(
                            """
                            SELECT %s FROM (SELECT TIMESTAMP '2024-03-31 01:59:50' AS started_at,
                              TIMESTAMP '2024-04-01 03:00:10.25' AS finished_at) run"""
                                    .formatted(StringUtils.substringBetween(script, "status,", " AS seconds"))))
                    .containsExactly("90020");
        }
    }

    @Test
    void writesPagesThatSayWhatTheReportsSay(@TempDir Path pages) throws Exception {
        String[] command = ("--html %s --from 2024-07-01 --to 2024-07-02".formatted(pages)).split(" ");
        assertThat(ToolRunner.run(warehouse.conf(), new ReportTool(conf -> List.of()), command))
                .isEqualTo(ExitCode.OK.code());

        assertThat(pages.resolve("top_products.csv")).hasSameTextualContentAs(all.resolve("top_products.csv"));
        assertThat(pages.resolve("top_products.html"))
                .content()
                .contains(
                        "[\"9\",\"Boots\",\"Shoes\",\"9\",\"5\",\"135.4525\"]",
                        "\"totals\":[\"\",\"\",\"\",\"15\",\"8\",\"203.9425\"]");
        assertThat(pages.resolve("index.html")).content().contains("<p class=\"value\">204</p>", "publish ");
        assertThat(pages.resolve("operations.html")).content().contains("<h2>Files and sizes of every table</h2>");
        byte[] first = Files.readAllBytes(pages.resolve("index.html"));
        ToolRunner.run(warehouse.conf(), new ReportTool(conf -> List.of()), command);
        assertThat(pages.resolve("index.html")).hasBinaryContent(first);
    }

    private static int dump(Path out) throws Exception {
        return ToolRunner.run(
                warehouse.conf(), new DumpTool(), ("--from 2024-07-01 --to 2024-07-02 --out " + out).split(" "));
    }

    private static List<String> report(String name) throws Exception {
        return Files.readAllLines(all.resolve(name + ".csv"));
    }

    /** Sums of sales, units and total_paid. */
    private static List<BigDecimal> totals(String name) throws Exception {
        return totals(name, line -> true);
    }

    private static List<BigDecimal> totals(String name, Predicate<String> counted) throws Exception {
        List<String> lines = report(name);
        List<String> header = List.of(lines.get(0).split(","));
        return Stream.of("sales", "units", "total_paid")
                .map(column -> lines.stream()
                        .skip(1)
                        .filter(counted)
                        .map(line -> new BigDecimal(line.split(",")[header.indexOf(column)]))
                        .reduce(BigDecimal.ZERO.setScale(4), BigDecimal::add))
                .toList();
    }

    private static List<BigDecimal> sum(List<BigDecimal> left, List<BigDecimal> right) {
        return IntStream.range(0, left.size())
                .mapToObj(i -> left.get(i).add(right.get(i)))
                .toList();
    }
}
