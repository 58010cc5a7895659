package com.qcompany.hive;

import static com.qcompany.warehouse.schema.StarSchema.SALES_TRANSACTIONS_FACT;
import static com.qcompany.warehouse.schema.StarSchema.TRANSACTION_KEYS;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Checks of the sales that readers see: once by their ids, and once with the versions they are joined to. */
record SalesAudit(HiveSession session, String database) {

    private static final String FACT = SALES_TRANSACTIONS_FACT.name();

    /** The declared checks, one row an id, and a key for each sale and a sale for each key; the sales are read once. */
    List<Finding> fact() throws IOException {
        ResultTable counts = session.query(
                """
                SELECT COALESCE(SUM(sales), 0),
                  COALESCE(SUM(CASE WHEN sales > 1 THEN 1 ELSE 0 END), 0),
                  COALESCE(SUM(CASE WHEN sales > 0 AND id_keys = 0 THEN 1 ELSE 0 END), 0),
                  COALESCE(SUM(CASE WHEN sales = 0 THEN 1 ELSE 0 END), 0)%s
                FROM (%s) i"""
                        .formatted(Audit.sumsOfViolations(SALES_TRANSACTIONS_FACT), byId()));
        List<Finding> findings = new ArrayList<>(Audit.findings(SALES_TRANSACTIONS_FACT, counts, 4));
        findings.add(finding(
                "one_row_per_transaction_id", counts.number(1), "sales > 1", counts.number(0) + " sales, an id each"));
        findings.add(finding(
                "every_sale_has_its_key",
                counts.number(2),
                "sales > 0 AND id_keys = 0",
                "Every id is in " + TRANSACTION_KEYS.name()));
        findings.add(finding("every_key_has_its_sale", counts.number(3), "sales = 0", "Every key is of a sale"));
        return findings;
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

    /** A row an id of the sales or of their keys, with how many of each there are and what breaks the checks. */
    private String byId() {
        List<String> violations = Audit.violations(SALES_TRANSACTIONS_FACT);
        String ofSale = Audit.columns(violations);
        String ofKey = Audit.columns(violations.stream().map(violation -> "0").toList());
        String sums = Audit.columns(IntStream.range(0, violations.size())
                .mapToObj("SUM(v%d)"::formatted)
                .toList());
        return """
                SELECT transaction_id, SUM(sale) AS sales, SUM(id_key) AS id_keys%s
                FROM (
                  SELECT transaction_id, 1 AS sale, 0 AS id_key%s FROM %s.%s
                  UNION ALL
                  SELECT transaction_id, 0 AS sale, 1 AS id_key%s FROM %s.%s) r
                GROUP BY transaction_id"""
                .formatted(sums, ofSale, database, FACT, ofKey, database, TRANSACTION_KEYS.name());
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
