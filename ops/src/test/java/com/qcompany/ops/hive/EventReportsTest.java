package com.qcompany.ops.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.pages.ReportTool;
import com.qcompany.stream.EventHour;
import com.qcompany.warehouse.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports over app-log events, in a warehouse without a sale. */
@WithStack
class EventReportsTest {

    private static final List<String> BATCH_REPORTS = List.of(
            "top_products",
            "top_offers",
            "offers_by_product",
            "lowest_cities_online",
            "sales_by_agent_and_product",
            "sales_by_category",
            "customers_by_spend");

    @TempDir
    static Path all;

    private static EventWarehouse warehouse;
    private static HiveQueries hive;

    @BeforeAll
    static void publishAndReport(EmbeddedStack stack) throws Exception {
        warehouse = EventWarehouse.create(stack, "event_reports");
        hive = new HiveQueries(stack);
        warehouse.publish(
                EventHour.parse("2024-07-04-23"),
                purchase("2024-07-04T23:00:00", "7", 2, "10.10", "PayPal"),
                purchase("2024-07-04T23:59:59", "12", 1, "10.105", "Credit Card"),
                view("2024-07-04T23:30:00", "\"category\":\"Books\""),
                view("2024-07-04T23:31:00", "\"category\":\"Home & Kitchen\""));
        warehouse.publish(
                EventHour.parse("2024-07-05-00"),
                purchase("2024-07-05T00:00:00", "7", 5, "20.21", "Debit Card"),
                purchase("2024-07-05T00:01:00", "90", 1, "10.105", "Credit Card"),
                event("2024-07-05T00:02:00", "purchase", "\"quantity\":3,\"totalAmount\":1.5"),
                event("2024-07-05T00:03:00", "purchase", "\"customerId\":\"8\",\"paymentMethod\":\"PayPal\""),
                event("2024-07-05T00:04:00", "addToCart", "\"customerId\":\"7\",\"quantity\":4"),
                view("2024-07-05T00:05:00", "\"category\":\"Books\""),
                view("2024-07-05T00:06:00", ""));
        warehouse.publish(
                EventHour.parse("2024-07-05-09"), event("2024-07-05T09:00:00", "addToCart", "\"quantity\":1"));
        assertThat(report("--out " + all)).isEqualTo(ExitCode.OK.code());
    }

    @AfterAll
    static void close() throws Exception {
        hive.close();
    }

    @Test
    void sumsPaymentMethodsExactlyAndShowsPurchasesWithoutOneApart() throws Exception {
        assertThat(lines("app_sales_by_payment_method"))
                .containsExactly(
                        "payment_method,purchases,units,revenue",
                        "Credit Card,2,2,20.21",
                        "Debit Card,1,5,20.21",
                        "PayPal,2,2,10.10",
                        "none,1,3,1.50");
    }

    @Test
    void ranksCategoriesAndShowsEventsWithoutOneApart() throws Exception {
        assertThat(lines("app_popular_categories"))
                .containsExactly("category,events,product_views", "Books,2,2", "Home & Kitchen,1,1", "none,9,1");
    }

    @Test
    void ranksCustomersByRevenueAndBreaksTies() throws Exception {
        assertThat(lines("app_revenue_by_customer"))
                .containsExactly(
                        "customer_id,revenue,purchases,units",
                        "7,30.31,2,7",
                        "12,10.105,1,1",
                        "90,10.105,1,1",
                        "8,0.00,1,0");
    }

    @Test
    void ordersHoursByTimeAndKeepsThoseWithoutAPurchase() throws Exception {
        assertThat(lines("app_sales_by_hour"))
                .containsExactly(
                        "event_date,event_hour,events,purchases,units,revenue",
                        "2024-07-04,23,4,2,3,20.205",
                        "2024-07-05,0,7,4,9,31.815",
                        "2024-07-05,9,1,0,0,0.00");
    }

    @Test
    void keepsToDatesAndLimit(@TempDir Path some) throws Exception {
        report("app_revenue_by_customer app_sales_by_hour --from 2024-07-05 --to 2024-07-05 --limit 2 --out " + some);

        assertThat(some.resolve("app_revenue_by_customer.csv"))
                .content()
                .isEqualTo("customer_id,revenue,purchases,units\r\n7,20.21,1,5\r\n90,10.105,1,1\r\n");
        assertThat(some.resolve("app_sales_by_hour.csv"))
                .content()
                .isEqualTo("event_date,event_hour,events,purchases,units,revenue\r\n"
                        + "2024-07-05,0,7,4,9,31.815\r\n2024-07-05,9,1,0,0,0.00\r\n");
    }

    @Test
    void readsNoPartitionOfOtherDates() throws Exception {
        for (String name : eventReports()) {
            String query = Files.readString(script(name))
                    .replace("${db}", warehouse.database())
                    .replace("${from}", "2024-07-05")
                    .replace("${to}", "2024-07-05")
                    .replace("${limit}", "20")
                    .replace(";", "");

            assertThat(String.join("", hive.rows("EXPLAIN DEPENDENCY " + query)))
                    .as(name)
                    .contains("event_date=2024-07-05/event_hour=0", "event_date=2024-07-05/event_hour=9")
                    .doesNotContain("2024-07-04");
        }
    }

    @Test
    void makesReportsWithoutRowsOfABatchThatHasNotRun() throws Exception {
        for (String name : BATCH_REPORTS) {
            assertThat(lines(name)).as(name).hasSize(1);
        }
    }

    @Test
    void makesReportsWithoutRowsOfAnEmptyTopic(EmbeddedStack stack, @TempDir Path none) throws Exception {
        EventWarehouse empty = EventWarehouse.create(stack, "event_reports_empty");
        ToolRunner.run(empty.conf(), new ReportTool(conf -> List.of()), new String[] {"--out", none.toString()});

        for (String name : eventReports()) {
            assertThat(Files.readAllLines(none.resolve(name + ".csv"))).as(name).hasSize(1);
        }
    }

    @Test
    void beelineRunsTheSameScripts(EmbeddedStack stack, @TempDir Path directory) throws Exception {
        Beeline beeline = new Beeline(stack);
        assumeTrue(beeline.isBuilt(), "BeeLine's libraries are there after the first package");

        String output = beeline.run(
                script("app_sales_by_hour"),
                directory,
                "db=" + warehouse.database(),
                "from=2024-07-04",
                "to=2024-07-04",
                "limit=20");

        assertThat(output).containsPattern("2024-07-04 *\\| 23 *\\| 4 *\\| 2 *\\| 3 *\\| 20\\.2050");
    }

    private static List<String> eventReports() throws Exception {
        try (Stream<Path> files = Files.list(script("app_sales_by_hour").getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("app_"))
                    .map(name -> name.replace(".hql", ""))
                    .toList();
        }
    }

    private static Path script(String name) {
        return Path.of(
                System.getProperty("q.project.root"),
                "hive-ddl/src/main/resources/com/qcompany/hive/reports",
                name + ".hql");
    }

    private static int report(String line) throws Exception {
        return ToolRunner.run(warehouse.conf(), new ReportTool(conf -> List.of()), line.split(" "));
    }

    private static List<String> lines(String name) throws Exception {
        return Files.readAllLines(all.resolve(name + ".csv"));
    }

    private static String purchase(String time, String customer, int quantity, String amount, String payment) {
        return event(
                time,
                "purchase",
                "\"customerId\":\"%s\",\"quantity\":%d,\"totalAmount\":%s,\"paymentMethod\":\"%s\""
                        .formatted(customer, quantity, amount, payment));
    }

    private static String view(String time, String metadata) {
        return event(time, "productView", "\"customerId\":\"7\",\"metadata\":{%s}".formatted(metadata));
    }

    private static String event(String time, String type, String members) {
        return "{\"eventType\":\"%s\",\"timestamp\":\"%s\",%s}".formatted(type, time, members);
    }
}
