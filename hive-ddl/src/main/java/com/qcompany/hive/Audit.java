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
import java.util.stream.IntStream;

/** Checks over whole tables that no single load can make, by what Hive reads, as counts of what breaks them. */
record Audit(HiveSession session, String database) {

    List<Finding> run(Snapshot published) throws IOException {
        List<Finding> findings = new ArrayList<>(new StoredRows(session, database).check(published));
        for (Dimension dimension : StarSchema.DIMENSION_DECLARATIONS) {
            findings.addAll(dimension(dimension));
        }
        SalesAudit sales = new SalesAudit(session, database);
        findings.addAll(sales.fact());
        findings.addAll(sales.versionsInForce());
        findings.addAll(declaredChecks(StarSchema.LOAD_RUNS));
        findings.addAll(new KeptBack(session, database).list(published));
        return findings;
    }

    /** Sums, over rows that are grouped by something, of the violations of a table's checks: v0, v1, … */
    static String sumsOfViolations(Table table) {
        return IntStream.range(0, table.checks().size())
                .mapToObj(", COALESCE(SUM(v%d), 0)"::formatted)
                .collect(Collectors.joining());
    }

    /** Further columns of a query, v0, v1, … */
    static String columns(List<String> expressions) {
        return IntStream.range(0, expressions.size())
                .mapToObj(i -> ", %s AS v%d".formatted(expressions.get(i), i))
                .collect(Collectors.joining());
    }

    /** Whether a row breaks each of a table's checks, as 1 or 0. */
    static List<String> violations(Table table) {
        return table.checks().stream()
                .map(check -> "CASE WHEN %s THEN 0 ELSE 1 END".formatted(check.condition()))
                .toList();
    }

    /** Findings of a row whose columns from {@code first} on are the violations of the declared checks. */
    static List<Finding> findings(Table table, ResultTable counts, int first) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < table.checks().size(); i++) {
            Check check = table.checks().get(i);
            findings.add(new Finding(table.name(), check.name(), counts.number(first + i), check.comment()));
        }
        return findings;
    }

    private List<Finding> declaredChecks(Table table) throws IOException {
        String sums = violations(table).stream()
                .map("COALESCE(SUM(%s), 0)"::formatted)
                .collect(Collectors.joining(", "));
        return findings(table, session.query("SELECT %s FROM %s.%s".formatted(sums, database, table.name())), 0);
    }

    /** The declared checks and that every key has exactly one current row, in one query. */
    private List<Finding> dimension(Dimension dimension) throws IOException {
        Table table = dimension.table();
        String ofKey =
                columns(violations(table).stream().map("SUM(%s)"::formatted).toList());
        ResultTable counts = session.query(
                """
                SELECT COALESCE(SUM(CASE WHEN current_rows = 1 THEN 0 ELSE 1 END), 0)%s
                FROM (
                  SELECT `%s`, SUM(CASE WHEN `%s` THEN 1 ELSE 0 END) AS current_rows%s
                  FROM %s.%s
                  GROUP BY `%s`) k"""
                        .formatted(
                                sumsOfViolations(table),
                                dimension.key(),
                                Dimension.IS_CURRENT,
                                ofKey,
                                database,
                                table.name(),
                                dimension.key()));
        List<Finding> findings = findings(table, counts, 1);
        findings.add(new Finding(
                table.name(), "one_current_row", counts.number(0), "Every key has exactly one current row"));
        return findings;
    }
}
