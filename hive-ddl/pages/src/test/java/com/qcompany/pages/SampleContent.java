package com.qcompany.pages;

import com.qcompany.hive.DateRange;
import com.qcompany.hive.Report;
import com.qcompany.hive.ResultTable;
import com.qcompany.hive.ResultTable.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Small results of every report, with names that break pages that do not escape or assume Latin. */
final class SampleContent {

    static final String SCRIPT = "<script>document.title='broken'</script>";
    static final String ARABIC = "أحمد الشريف";
    static final String THAI = "สมชาย";
    static final DateRange PERIOD = DateRange.parse("2024-07-01", "2024-07-02");

    private SampleContent() {}

    static SiteContent content() {
        return content(Map.of());
    }

    static Documentation documentation() {
        return new Documentation(contracts());
    }

    static List<FeedContract> contracts() {
        try (InputStream in = SampleContent.class.getResourceAsStream("sales.yaml")) {
            return FeedContract.read(List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with other rows of some reports. */
    static SiteContent content(Map<String, ResultTable> others) {
        Map<Report, ResultTable> results = new HashMap<>();
        put(
                results,
                "top_products",
                "product_id#,product_name,product_category,units#,sales#,total_paid#",
                "9|Boots|Shoes|9|5|135.4525",
                "18|%s|Shoes|4|2|1048.50".formatted(SCRIPT));
        put(
                results,
                "top_offers",
                "offer,discount_percentage#,sales#,units#,total_paid#",
                "offer_1|5|2|5|38.00",
                "none|0|5|9|150.95");
        put(
                results,
                "offers_by_product",
                "product_id#,product_name,place#,offer,sales#,units#,total_paid#",
                "9|Boots|1|offer_5|3|3|9.50",
                "9|Boots|2|offer_1|1|1|9.50",
                "18|%s|1|offer_1|2|2|9.50".formatted(SCRIPT));
        put(
                results,
                "lowest_cities_online",
                "shipping_city,shipping_state,total_paid#,sales#,units#",
                "Lynn|MA|9.50|1|2",
                "none||1.00|1|1");
        put(
                results,
                "sales_by_agent_and_product",
                "transaction_date,sales_agent_id#,sales_agent_name,product_id#,product_name,units#,sales#,total_paid#",
                "2024-07-01|1|%s|9|Boots|1|1|10.25".formatted(ARABIC),
                "2024-07-01|2|Dan|9|Boots|1|1|30.00",
                "2024-07-02|1|%s|9|Boots|1|1|25.75".formatted(ARABIC));
        put(
                results,
                "sales_by_category",
                "product_category,products#,sales#,units#,total_paid#",
                "Shoes|2|7|13|1183.9525");
        put(
                results,
                "sales_by_day",
                "transaction_date,sales#,units#,total_paid#,online_paid#,discount_given#",
                "2024-07-01|1000|3000|1000.00|250.00|10.00",
                "2024-07-02|500|1000|500.50|50.10|5.25");
        put(
                results,
                "customers_by_spend",
                "customer_id#,customer_fname,customer_lname,total_paid#,sales#,units#",
                "5|%s|=1+1|1183.9525|7|13".formatted(THAI));
        put(results, "app_sales_by_payment_method", "payment_method,purchases#,units#,revenue#", "PayPal|2|3|90.10");
        put(results, "app_popular_categories", "category,events#,product_views#", "Books|20|12", "none|7|0");
        put(results, "app_revenue_by_customer", "customer_id,revenue#,purchases#,units#", "5|90.10|2|3");
        put(
                results,
                "app_sales_by_hour",
                "event_date,event_hour#,events#,purchases#,units#,revenue#",
                "2024-07-01|18|20|1|2|50.00",
                "2024-07-01|19|7|1|1|40.10");
        put(
                results,
                "load_hours",
                "source_date,source_hour,state,groups_loaded#,groups_refused#,rows_rejected#,rows_waiting#",
                "2024-07-02|01|refused|0|1|4|0",
                "2024-07-01|01|no group|0|0|0|0",
                "2024-07-01|00|loaded|1|0|0|0",
                "2024-06-30|23|waiting|1|0|100|2");
        put(
                results,
                "load_runs",
                "started_at,command,lines_in#,rows_loaded#,rows_duplicate#,rows_superseded#,rows_rejected#,rows_waiting#,rows_refused#",
                "2024-07-02 01:05:00|load|100|0|0|0|4|0|96",
                "2024-07-01 00:05:00|load|100|99|1|0|0|0|0");
        put(
                results,
                "failed_runs",
                "started_at,command,status,groups_refused,message,run_id",
                "2024-07-02 01:05:00|load|checks_failed|2024-07-02-01/group9|Too many rows are rejected: %s|r2"
                        .formatted(SCRIPT));
        put(
                results,
                "rejected_rows_by_rule",
                "feed,rule,rejected#,example_file,example_line,column_name,column_value,message",
                "sales_transactions|units_invalid|4|group9/sales.csv|7|units|%s|Cannot accept units".formatted(SCRIPT));
        put(
                results,
                "quality_expectations",
                "source_date,source_hour,source_group,expectation,feed,column_name,metric,metric_value#,at_least#,at_most#,outcome,run_id",
                "2024-07-02|01|2024-07-02-01/group9|price_drift|sales_transactions|unit_price|mean|999.5|20|80|warning|r3",
                "2024-07-02|01|2024-07-02-01/group9|price_drift|sales_transactions|unit_price|mean|999.5|20|80|failure|r2",
                "2024-07-01|00|2024-07-01-00/group1|price_drift|sales_transactions|unit_price|mean|40.25|||unjudged|r1");
        put(
                results,
                "quality_metrics",
                "source_date,source_hour,source_group,feed,column_name,records#,completeness#,distinct_values#,least,greatest,mean#,median#,pattern_share#,reference_misses#,top_values,run_id",
                "2024-07-02|01|2024-07-02-01/group9|sales_transactions|*|100||||||||||r3",
                "2024-07-02|01|2024-07-02-01/group9|sales_transactions|*|100||||||||||r2",
                "2024-07-01|00|2024-07-01-00/group1|sales_transactions|*|100||||||||||r1",
                "2024-07-01|00|2024-07-01-00/group1|sales_transactions|product_name||1.000000|2|||||||{\"%s\":9}|r1"
                        .formatted(SCRIPT));
        put(
                results,
                "event_hours",
                "event_date,event_hour#,events#,first_ingested_at,last_ingested_at",
                "2024-07-01|19|7|2024-07-01 19:00:00|2024-07-01 20:00:00",
                "2024-07-01|18|20|2024-07-01 18:00:00|2024-07-01 19:00:00");
        put(results, "rejected_events_by_rule", "rule,rejected#,example,column_name,column_value,message");
        others.forEach((name, table) -> results.put(Report.named(name), table));
        return new SiteContent(
                PERIOD,
                results,
                table(
                        "transaction_date,sales#,units#,total_paid#,online_paid#,discount_given#",
                        "2024-06-30|1000|2000|2000.00|400.00|0.00"),
                table("table,files#,bytes#,rows#,kept_files#,kept_bytes#", "sales_base|2|1234567|99|1|1000"),
                new AppLog(
                        AppLog.lag(
                                """
                                # TYPE q_stream_lag gauge
                                q_stream_lag{partition="10",topic="app-logs"} 3.0
                                q_stream_lag{partition="2",topic="app-logs"} 1.2E7
                                q_stream_open_files 2.0
                                """),
                        "As the consumer at localhost:9404 tells.",
                        table(
                                "hour,files#,rows#,first_closed_at,last_closed_at",
                                "2024-07-01-18|2|20|2024-07-01 19:01:00|2024-07-01 20:00:00"),
                        table("hour,files#,bytes#")),
                "publish 3 of 2024-07-02 01:06:00 UTC");
    }

    /** A table of a header, in which a numeric column ends with {@code #}, and rows with bars between cells. */
    static ResultTable table(String header, String... rows) {
        return new ResultTable(
                Stream.of(header.split(","))
                        .map(name -> new Column(name.replace("#", ""), name.endsWith("#")))
                        .toList(),
                Stream.of(rows).map(row -> List.of(row.split("\\|", -1))).toList());
    }

    /** As many rows of report {@code sales_by_agent_and_product}. */
    static ResultTable manyRows(int count) {
        return new ResultTable(
                table(
                                "transaction_date,sales_agent_id#,sales_agent_name,product_id#,product_name,units#,sales#,total_paid#")
                        .columns(),
                IntStream.range(0, count)
                        .mapToObj(i -> List.of(
                                "2024-07-01", Integer.toString(i), "Agent " + i, "9", "Boots", "1", "1", i + ".25"))
                        .toList());
    }

    private static void put(Map<Report, ResultTable> results, String report, String header, String... rows) {
        results.put(Report.named(report), table(header, rows));
    }
}
