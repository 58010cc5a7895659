package com.qcompany.hive;

import com.qcompany.warehouse.schema.Check;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Checks over whole tables that no single load can make, by what Hive reads, as counts of what breaks them. */
record Audit(HiveSession session, String database) {

    List<Finding> run(Snapshot published) throws IOException {
        List<Finding> findings = new ArrayList<>(new StoredRows(session, database).check(published));
        for (Dimension dimension : StarSchema.DIMENSION_DECLARATIONS) {
            findings.addAll(declaredChecks(dimension.table()));
            findings.add(oneCurrentRow(dimension));
        }
        SalesAudit sales = new SalesAudit(session, database);
        findings.addAll(declaredChecks(StarSchema.SALES_TRANSACTIONS_FACT));
        findings.addAll(sales.ids());
        findings.addAll(sales.versionsInForce());
        findings.addAll(declaredChecks(StarSchema.LOAD_RUNS));
        findings.addAll(new KeptBack(session, database).list(published));
        return findings;
    }

    /** Counts the rows that break each of a table's declared checks. */
    private List<Finding> declaredChecks(Table table) throws IOException {
        String violations = table.checks().stream()
                .map(check -> "COALESCE(SUM(CASE WHEN %s THEN 0 ELSE 1 END), 0)".formatted(check.condition()))
                .collect(Collectors.joining(", "));
        ResultTable counts = session.query("SELECT %s FROM %s.%s".formatted(violations, database, table.name()));
        List<Finding> findings = new ArrayList<>();
        for (Check check : table.checks()) {
            findings.add(new Finding(table.name(), check.name(), counts.number(findings.size()), check.comment()));
        }
        return findings;
    }

    private Finding oneCurrentRow(Dimension dimension) throws IOException {
        String table = dimension.table().name();
        ResultTable keys = session.query(
                """
                SELECT COUNT(*) FROM (
                  SELECT `%1$s` FROM %2$s.%3$s GROUP BY `%1$s`
                  HAVING SUM(CASE WHEN `%4$s` THEN 1 ELSE 0 END) <> 1) k"""
                        .formatted(dimension.key(), database, table, Dimension.IS_CURRENT));
        return new Finding(table, "one_current_row", keys.number(0), "Every key has exactly one current row");
    }
}
