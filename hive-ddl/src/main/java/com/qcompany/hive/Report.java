package com.qcompany.hive;

import java.io.IOException;
import java.util.List;

/**
 * A report: one query in {@code reports/NAME.hql} with parameters {@code db}, {@code from}, {@code to} and
 * {@code limit}, and an order that leaves no ties.
 *
 * @param name name on the command line and of its CSV file
 */
record Report(String name) {

    /** All of them, in the order they are printed. */
    static final List<Report> ALL = List.of(
            new Report("top_products"),
            new Report("top_offers"),
            new Report("offers_by_product"),
            new Report("lowest_cities_online"),
            new Report("sales_by_agent_and_product"),
            new Report("sales_by_category"),
            new Report("customers_by_spend"));

    private static final HqlScript FROZEN_SALES = HqlScript.ofResource("reports/session/frozen_sales.hql");

    /** Lets all reports of a session read one state of the sales, and their partitions once. */
    static void freezeSales(HiveSession session, String database, DateRange dates) throws IOException {
        session.run(FROZEN_SALES, dates.addTo(HqlParameters.ofDatabase(database)));
    }

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

    /** Its rows for a range of transaction dates, at most {@code limit}. */
    ResultTable run(HiveSession session, String database, DateRange dates, int limit) throws IOException {
        HqlParameters parameters =
                dates.addTo(HqlParameters.ofDatabase(database)).count("limit", limit);
        return session.query(script().onlyStatement(parameters));
    }

    private HqlScript script() {
        return HqlScript.ofResource("reports/" + name + ".hql");
    }
}
