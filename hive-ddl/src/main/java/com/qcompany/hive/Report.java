package com.qcompany.hive;

import java.io.IOException;
import java.util.List;

/**
 * A report: one query in {@code reports/NAME.hql} with parameters {@code db}, {@code from}, {@code to} and
 * {@code limit}, and an order that leaves no ties.
 *
 * @param name name on the command line and of its CSV file
 * @param subject what it is about
 */
record Report(String name, Subject subject) {

    /** The rows that reports are about. */
    enum Subject {
        /** Sales of the hourly batch, by transaction date. */
        SALES("frozen_sales"),
        /** Events of the app log, by event date. */
        EVENTS("frozen_events");

        private final String freezing;

        Subject(String freezing) {
            this.freezing = freezing;
        }

        /** Lets all reports of a session read one state of these rows, and their partitions once. */
        void freeze(HiveSession session, String database, DateRange dates) throws IOException {
            session.run(
                    HqlScript.ofResource("reports/session/" + freezing + ".hql"),
                    dates.addTo(HqlParameters.ofDatabase(database)));
        }
    }

    /** All of them, in the order they are printed. */
    static final List<Report> ALL = List.of(
            new Report("top_products", Subject.SALES),
            new Report("top_offers", Subject.SALES),
            new Report("offers_by_product", Subject.SALES),
            new Report("lowest_cities_online", Subject.SALES),
            new Report("sales_by_agent_and_product", Subject.SALES),
            new Report("sales_by_category", Subject.SALES),
            new Report("customers_by_spend", Subject.SALES),
            new Report("app_sales_by_payment_method", Subject.EVENTS),
            new Report("app_popular_categories", Subject.EVENTS),
            new Report("app_revenue_by_customer", Subject.EVENTS),
            new Report("app_sales_by_hour", Subject.EVENTS));

    static Report named(String name) {
        return ALL.stream()
                .filter(report -> report.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot find report %s (expected one of %s)"
                        .formatted(name, ALL.stream().map(Report::name).toList())));
    }

    /** What it shows, the first line of its script. */
    String title() {
        return script().title();
    }

    /** Its rows for a range of dates, at most {@code limit}. */
    ResultTable run(HiveSession session, String database, DateRange dates, int limit) throws IOException {
        HqlParameters parameters =
                dates.addTo(HqlParameters.ofDatabase(database)).count("limit", limit);
        return session.query(script().onlyStatement(parameters));
    }

    private HqlScript script() {
        return HqlScript.ofResource("reports/" + name + ".hql");
    }
}
