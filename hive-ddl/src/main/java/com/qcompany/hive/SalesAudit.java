package com.qcompany.hive;

import static com.qcompany.warehouse.schema.StarSchema.SALES_TRANSACTIONS_FACT;
import static com.qcompany.warehouse.schema.StarSchema.TRANSACTION_KEYS;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Checks of the sales that readers see: once by their ids, and once with the versions they are joined to. */
record SalesAudit(HiveSession session, String database) {

    private static final String FACT = SALES_TRANSACTIONS_FACT.name();

    /** One row an id, a key for each sale, and a sale for each key. */
    List<Finding> ids() throws IOException {
        ResultTable counts = session.query(
                """
                SELECT COALESCE(SUM(sales), 0),
                  COALESCE(SUM(CASE WHEN sales > 1 THEN 1 ELSE 0 END), 0),
                  COALESCE(SUM(CASE WHEN sales > 0 AND id_keys = 0 THEN 1 ELSE 0 END), 0),
                  COALESCE(SUM(CASE WHEN sales = 0 THEN 1 ELSE 0 END), 0)
                FROM (%s) i"""
                        .formatted(byId()));
        return List.of(
                finding(
                        "one_row_per_transaction_id",
                        counts.number(1),
                        "sales > 1",
                        counts.number(0) + " sales, an id each"),
                finding(
                        "every_sale_has_its_key",
                        counts.number(2),
                        "sales > 0 AND id_keys = 0",
                        "Every id is in " + TRANSACTION_KEYS.name()),
                finding("every_key_has_its_sale", counts.number(3), "sales = 0", "Every key is of a sale"));
    }

    /** Every sale is one row of the view {@code sales}, and finds the versions of its hour. */
    List<Finding> versionsInForce() throws IOException {
        ResultTable view = session.query(
                """
                SELECT COUNT(*) - COUNT(DISTINCT transaction_id), COALESCE(SUM(CASE
                  WHEN customer_fname IS NULL OR product_name IS NULL
                    OR (sales_agent_id IS NOT NULL AND sales_agent_name IS NULL)
                    OR (branch_id IS NOT NULL AND location IS NULL) THEN 1 ELSE 0 END), 0), COUNT(*)
                FROM %s.sales"""
                        .formatted(database));
        return List.of(
                new Finding("sales", "each_sale_once", view.number(0), "%d rows".formatted(view.number(2))),
                new Finding(
                        "sales",
                        "versions_in_force",
                        view.number(1),
                        "Every sale finds the customer, product, agent and branch of its hour"));
    }

    /** A row an id of the sales or of their keys, with how many of each there are. */
    private String byId() {
        return """
                SELECT transaction_id, SUM(sale) AS sales, SUM(1 - sale) AS id_keys
                FROM (
                  SELECT transaction_id, 1 AS sale FROM %1$s.%2$s
                  UNION ALL
                  SELECT transaction_id, 0 AS sale FROM %1$s.%3$s) r
                GROUP BY transaction_id"""
                .formatted(database, FACT, TRANSACTION_KEYS.name());
    }

    /** Asks for examples only where there are some. */
    private Finding finding(String check, long violations, String condition, String otherwise) throws IOException {
        if (violations == 0) {
            return new Finding(FACT, check, 0, otherwise);
        }
        ResultTable some = session.query(
                "SELECT transaction_id, sales, id_keys FROM (%s) i WHERE %s ORDER BY transaction_id LIMIT %d"
                        .formatted(byId(), condition, Finding.MAX_EXAMPLES));
        String detail = some.rows().stream()
                .map(row -> "%s (%s sales, %s keys)".formatted(row.get(0), row.get(1), row.get(2)))
                .collect(Collectors.joining("; "));
        return new Finding(FACT, check, violations, detail);
    }
}
