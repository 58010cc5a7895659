package com.qcompany.hive;

import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A report: one query in {@code reports/NAME.hql} with parameters {@code db}, {@code from}, {@code to} and
 * {@code limit}, and an order that leaves no ties. The script's header says how it is shown.
 */
public record Report(String name, Subject subject) {

    /** The rows that reports are about. */
    public enum Subject {
        /** Sales of the hourly batch, by transaction date. */
        SALES("sales", "frozen_sales"),
        /** Events of the app log, by event date. */
        EVENTS("app log", "frozen_events"),
        /** How the loads and the app log went, by the date of their source. */
        OPERATIONS("warehouse", "");

        private final String source;
        private final String frozen;

        /** @param frozen name of the script that freezes the rows; empty where each report reads others, and few */
        Subject(String source, String frozen) {
            this.source = source;
            this.frozen = frozen;
        }

        /** What the rows are from, in a word or two. */
        public String source() {
            return source;
        }

        /** Lets all reports of a session read one state of these rows, and their partitions once. */
        public void freeze(HiveSession session, String database, DateRange dates) throws IOException {
            if (!frozen.isEmpty()) {
                HqlScript script = HqlScript.ofResource("reports/session/" + frozen + ".hql");
                session.run(script, dates.addTo(HqlParameters.ofDatabase(database)));
            }
        }
    }

    /** All of them, in the order they are printed. */
    public static final List<Report> ALL = List.of(
            new Report("top_products", Subject.SALES),
            new Report("top_offers", Subject.SALES),
            new Report("offers_by_product", Subject.SALES),
            new Report("lowest_cities_online", Subject.SALES),
            new Report("sales_by_agent_and_product", Subject.SALES),
            new Report("sales_by_category", Subject.SALES),
            new Report("sales_by_day", Subject.SALES),
            new Report("customers_by_spend", Subject.SALES),
            new Report("app_sales_by_payment_method", Subject.EVENTS),
            new Report("app_popular_categories", Subject.EVENTS),
            new Report("app_revenue_by_customer", Subject.EVENTS),
            new Report("app_sales_by_hour", Subject.EVENTS),
            new Report("load_hours", Subject.OPERATIONS),
            new Report("load_runs", Subject.OPERATIONS),
            new Report("failed_runs", Subject.OPERATIONS),
            new Report("rejected_rows_by_rule", Subject.OPERATIONS),
            new Report("quality_expectations", Subject.OPERATIONS),
            new Report("quality_metrics", Subject.OPERATIONS),
            new Report("event_hours", Subject.OPERATIONS),
            new Report("rejected_events_by_rule", Subject.OPERATIONS));

    public static List<Report> about(Subject... subjects) {
        return ALL.stream()
                .filter(report -> Arrays.asList(subjects).contains(report.subject))
                .toList();
    }

    public static Report named(String name) {
        return ALL.stream()
                .filter(report -> report.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("Cannot find report %s (expected one of %s)"
                        .formatted(name, ALL.stream().map(Report::name).toList())));
    }

    /** What it shows, the first line of its script. */
    public String title() {
        return script().title();
    }

    /** What a reader should know about it, from its script. */
    public String note() {
        return script().note();
    }

    /** How a page shows it: section {@code Page} of its script's header. */
    public Map<String, String> page() {
        return script().section("Page");
    }

    /** Its statement with the parameters unresolved. */
    public String sql() {
        return script().templates().get(0);
    }

    /** Its rows for a range of dates, at most {@code limit}. */
    public ResultTable run(HiveSession session, String database, DateRange dates, int limit) throws IOException {
        HqlParameters parameters =
                dates.addTo(HqlParameters.ofDatabase(database)).count("limit", limit);
        return session.query(script().onlyStatement(parameters));
    }

    private HqlScript script() {
        return HqlScript.ofResource("reports/" + name + ".hql");
    }
}
