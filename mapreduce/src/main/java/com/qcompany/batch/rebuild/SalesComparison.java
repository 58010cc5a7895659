package com.qcompany.batch.rebuild;

import com.qcompany.hive.HiveSession;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Compares the sales of a rebuilt database with the live ones of a range of hours, row for row, in one query of Hive. What
 * says who brought a sale is left out: of two groups that bring the same sale, the one that is loaded first is named.
 */
final class SalesComparison {
    private final HiveSession session;
    private final String live;
    private final String rebuilt;
    private final String from;
    private final String to;

    SalesComparison(HiveSession session, String live, String rebuilt, String from, String to) {
        this.session = session;
        this.live = live;
        this.rebuilt = rebuilt;
        this.from = from;
        this.to = to;
    }

    /** Sales, units and money that were rebuilt, for people. */
    String sums() throws IOException {
        List<String> row = session.query(
                        "SELECT COUNT(*), SUM(units), SUM(total_paid_price) FROM %s.sales_transactions_fact"
                                .formatted(rebuilt))
                .rows()
                .get(0);
        return "%s sales, %s units, %s paid".formatted(row.get(0), row.get(1), row.get(2));
    }

    String range() {
        return "hours %s to %s".formatted(from, to);
    }

    /** A sentence for each sale that one side lacks or has with other values, up to a limit. */
    List<String> differences(int limit) throws IOException {
        String columns =
                StarSchema.COMPARED_SALE_COLUMNS.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
        // A sale that came in an hour before the range too is live as of that hour; the rebuild knows it as of this
        // one.
        String sql =
                """
                SELECT transaction_id, SUM(in_live), SUM(in_rebuilt)
                FROM (
                  SELECT %1$s, 1 AS in_live, 0 AS in_rebuilt, SUBSTR(source_group, 1, 13) AS source_hour
                  FROM %2$s.sales_transactions_fact
                  UNION ALL
                  SELECT %1$s, 0 AS in_live, 1 AS in_rebuilt, NULL AS source_hour
                  FROM %3$s.sales_transactions_fact) s
                GROUP BY %1$s
                HAVING SUM(in_live) > 1 OR SUM(in_rebuilt) > 1
                  OR (SUM(in_live) = 0)
                  OR (SUM(in_rebuilt) = 0 AND MAX(source_hour) BETWEEN '%4$s' AND '%5$s')
                ORDER BY transaction_id LIMIT %6$d"""
                        .formatted(columns, live, rebuilt, from, to, limit);
        return session.query(sql).rows().stream()
                .map(row -> "Sale %s is %s times in %s and %s times in %s with these values"
                        .formatted(row.get(0), row.get(1), live, row.get(2), rebuilt))
                .toList();
    }
}
