package com.qcompany.hive;

import com.qcompany.warehouse.schema.Check;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.PartitionState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Checks over whole tables that no single load can make, as counts of what breaks them. */
final class Audit {

    /**
     * Outcome of a check.
     *
     * @param table table it is about
     * @param check its name
     * @param violations what breaks it; 0 if it holds
     * @param detail some of what breaks it, or what was counted
     */
    record Finding(String table, String check, long violations, String detail) {}

    private static final String FACT = StarSchema.SALES_TRANSACTIONS_FACT.name();

    private final HiveSession session;
    private final String database;
    private final int examples;

    Audit(HiveSession session, String database, int examples) {
        this.session = session;
        this.database = database;
        this.examples = examples;
    }

    /** Makes every check. */
    List<Finding> run(Snapshot snapshot) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Dimension dimension : StarSchema.DIMENSION_DECLARATIONS) {
            findings.addAll(dimension(dimension));
        }
        findings.add(transactionIdsRepeat());
        findings.addAll(sales(snapshot));
        findings.addAll(declaredChecks(StarSchema.LOAD_RUNS));
        return findings;
    }

    private Finding transactionIdsRepeat() throws IOException {
        String repeated = "SELECT transaction_id, CONCAT_WS(' ', SORT_ARRAY(COLLECT_LIST(transaction_date))) AS dates"
                + " FROM %s.%s GROUP BY transaction_id HAVING COUNT(*) > 1".formatted(database, FACT);
        ResultTable some = session.query(repeated + " ORDER BY transaction_id LIMIT " + examples);
        long count = some.rows().size() < examples
                ? some.rows().size()
                : session.query("SELECT COUNT(*) FROM (%s) r".formatted(repeated))
                        .number(0);
        String detail = some.rows().stream()
                .map(row -> row.get(0) + " on " + row.get(1))
                .collect(Collectors.joining("; "));
        return new Finding(FACT, "one_row_per_transaction_id", count, detail);
    }

    private List<Finding> declaredChecks(Table table) throws IOException {
        ResultTable counts =
                session.query("SELECT COUNT(*)%s FROM %s.%s".formatted(violations(table), database, table.name()));
        return findings(table, counts);
    }

    /** The declared checks and that every key has exactly one current row, in one query. */
    private List<Finding> dimension(Dimension dimension) throws IOException {
        Table table = dimension.table();
        String sums = IntStream.range(0, table.checks().size())
                .mapToObj(", COALESCE(SUM(v%d), 0)"::formatted)
                .collect(Collectors.joining());
        String ofKey = IntStream.range(0, table.checks().size())
                .mapToObj(i -> ", SUM(CASE WHEN %s THEN 0 ELSE 1 END) AS v%d"
                        .formatted(table.checks().get(i).condition(), i))
                .collect(Collectors.joining());
        ResultTable counts = session.query(
                """
                SELECT COALESCE(SUM(CASE WHEN current_rows = 1 THEN 0 ELSE 1 END), 0)%s
                FROM (
                  SELECT `%s`, SUM(CASE WHEN `%s` THEN 1 ELSE 0 END) AS current_rows%s
                  FROM %s.%s
                  GROUP BY `%s`) k"""
                        .formatted(
                                sums,
                                dimension.key(),
                                Dimension.IS_CURRENT,
                                ofKey,
                                database,
                                table.name(),
                                dimension.key()));
        List<Finding> findings = findings(table, counts);
        findings.add(new Finding(
                table.name(), "one_current_row", counts.number(0), "Every key has exactly one current row"));
        return findings;
    }

    /** Counts of the violations of a table's checks, to follow a first column. */
    private static String violations(Table table) {
        return table.checks().stream()
                .map(check -> ", COALESCE(SUM(CASE WHEN %s THEN 0 ELSE 1 END), 0)".formatted(check.condition()))
                .collect(Collectors.joining());
    }

    /** Findings of a row whose first column is something else and the others the violations of the declared checks. */
    private static List<Finding> findings(Table table, ResultTable counts) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < table.checks().size(); i++) {
            Check check = table.checks().get(i);
            findings.add(new Finding(table.name(), check.name(), counts.number(i + 1), check.comment()));
        }
        return findings;
    }

    /** What is published, in the fact, and in the view must be the same sales, each with what it refers to. */
    private List<Finding> sales(Snapshot snapshot) throws IOException {
        Table fact = StarSchema.SALES_TRANSACTIONS_FACT;
        long published = snapshot.partitionsOf(fact).values().stream()
                .mapToLong(PartitionState::rows)
                .sum();
        ResultTable counts =
                session.query("SELECT COUNT(*)%s FROM %s.%s".formatted(violations(fact), database, fact.name()));
        long stored = counts.number(0);
        ResultTable view = session.query(
                """
                SELECT COUNT(*), COALESCE(SUM(CASE
                  WHEN customer_fname IS NULL OR product_name IS NULL
                    OR (sales_agent_id IS NOT NULL AND sales_agent_name IS NULL)
                    OR (branch_id IS NOT NULL AND location IS NULL) THEN 1 ELSE 0 END), 0)
                FROM %s.sales"""
                        .formatted(database));
        List<Finding> findings = findings(fact, counts);
        findings.add(new Finding(
                fact.name(),
                "hive_reads_what_is_published",
                Math.abs(stored - published),
                "%d rows read, %d published".formatted(stored, published)));
        findings.add(new Finding(
                "sales",
                "each_sale_once",
                Math.abs(view.number(0) - stored),
                "%d rows of %d sales".formatted(view.number(0), stored)));
        findings.add(new Finding(
                "sales",
                "versions_in_force",
                view.number(1),
                "Every sale finds the customer, product, agent and branch of its hour"));
        return findings;
    }
}
