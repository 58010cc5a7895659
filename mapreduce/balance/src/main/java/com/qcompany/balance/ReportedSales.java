package com.qcompany.balance;

import com.qcompany.hive.DateRange;
import com.qcompany.hive.HiveSession;
import com.qcompany.hive.HqlParameters;
import com.qcompany.hive.HqlScript;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares a balance with what users read over HiveServer2: the sales by hour and date, the reports that add up to all
 * sales, and the rows of the partners' files. The scripts are those that Beeline runs.
 */
record ReportedSales(HiveSession session, String database) {
    private static final List<String> WHOLE_REPORTS =
            List.of("top_products", "top_offers", "sales_by_category", "customers_by_spend");

    /** A sentence for each hour and date whose sales differ, in a range of hours. */
    List<String> sales(Balance balance, String from, String to) throws IOException {
        SortedMap<String, String> hours = new TreeMap<>();
        SortedMap<String, String> dates = new TreeMap<>();
        for (List<String> row : session.query(
                        """
                        SELECT transaction_date, source_hour, COUNT(*), SUM(units), SUM(total_paid_price)
                        FROM (
                          SELECT transaction_date, SUBSTR(source_group, 1, 13) AS source_hour, units, total_paid_price
                          FROM %s.sales_transactions_fact) s
                        WHERE source_hour BETWEEN '%s' AND '%s'
                        GROUP BY transaction_date, source_hour
                        GROUPING SETS ((transaction_date), (source_hour))"""
                                .formatted(database, from, to))
                .rows()) {
            boolean ofHour = row.get(0).isEmpty();
            (ofHour ? hours : dates).put(row.get(ofHour ? 1 : 0), sums(row.get(2), row.get(3), row.get(4)));
        }
        List<String> differences = new ArrayList<>(differences("source hour", balance.hours(), hours));
        differences.addAll(differences("transaction date", balance.dates(), dates));
        return differences;
    }

    /** A sentence for each report that does not add up to all sales, and each day of which partners get other units. */
    List<String> reports(Balance balance) throws IOException {
        List<String> differences = new ArrayList<>();
        for (String report : WHOLE_REPORTS) {
            List<String> row = session.query(
                            "SELECT COALESCE(SUM(sales), 0), COALESCE(SUM(units), 0), COALESCE(SUM(total_paid), 0) FROM (%s) r"
                                    .formatted(query("reports/" + report)))
                    .rows()
                    .get(0);
            String found = sums(row.get(0), row.get(1), row.get(2));
            if (!found.equals(sums(balance.total()))) {
                differences.add(
                        "Report %s adds up to %s, raw files to %s".formatted(report, found, sums(balance.total())));
            }
        }
        SortedMap<String, String> partners = new TreeMap<>();
        for (List<String> row : session.query(
                        "SELECT transaction_date, SUM(total_sold_units) FROM (%s) d GROUP BY transaction_date"
                                .formatted(query("dump/agent_product_units")))
                .rows()) {
            partners.put(row.get(0), row.get(1));
        }
        for (String date : union(balance.dates(), partners)) {
            String units =
                    Long.toString(balance.dates().getOrDefault(date, Tally.NONE).agentUnits());
            String found = partners.getOrDefault(date, "0");
            if (!found.equals(units)) {
                differences.add("The partners' file of %s has %s units, raw files %s".formatted(date, found, units));
            }
        }
        return differences;
    }

    private static List<String> differences(String what, Map<String, Tally> raw, Map<String, String> reported) {
        List<String> differences = new ArrayList<>();
        for (String key : union(raw, reported)) {
            String expected = sums(raw.getOrDefault(key, Tally.NONE));
            String found = reported.getOrDefault(key, sums(Tally.NONE));
            if (!expected.equals(found)) {
                differences.add("Hive has %s of %s %s, raw files %s".formatted(found, what, key, expected));
            }
        }
        return differences;
    }

    private static SortedSet<String> union(Map<String, ?> one, Map<String, ?> other) {
        SortedSet<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys;
    }

    private static String sums(Tally tally) {
        return sums(
                Long.toString(tally.count(Tally.Fate.FACT)),
                Long.toString(tally.units()),
                tally.paid().toPlainString());
    }

    private static String sums(String sales, String units, String paid) {
        return "%s sales, %s units, %s paid".formatted(sales, units, PlainSale.plain(new BigDecimal(paid)));
    }

    /** The query of a script, over all dates. */
    private String query(String script) {
        HqlParameters parameters =
                DateRange.ALWAYS.addTo(HqlParameters.ofDatabase(database)).count("limit", Integer.MAX_VALUE);
        return HqlScript.ofResource(script + ".hql").onlyStatement(parameters);
    }
}
