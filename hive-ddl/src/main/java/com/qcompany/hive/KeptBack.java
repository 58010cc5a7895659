package com.qcompany.hive;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Lists what loads kept back: sales that wait for a reference, refused groups, and retracted ones. None is a fault. */
record KeptBack(HiveSession session, String database) {

    List<Finding> list(Snapshot published) throws IOException {
        List<Finding> findings = new ArrayList<>(waiting());
        findings.add(groups("refused", published.refused()::contains));
        findings.add(groups("retracted", any -> true));
        return findings;
    }

    /** What sales wait for, most sales first. */
    private List<Finding> waiting() throws IOException {
        Table table = StarSchema.WAITING_ROWS;
        ResultTable references = session.query(
                """
                SELECT column_name, column_value, COUNT(*) AS sales,
                  MIN(CONCAT(source_group, ' line ', CAST(line_number AS string))) AS example
                FROM %s.%s
                GROUP BY column_name, column_value
                ORDER BY sales DESC, column_name, column_value"""
                        .formatted(database, table.name()));
        List<Finding> findings = new ArrayList<>(references.head(Finding.MAX_EXAMPLES).rows().stream()
                .map(row -> Finding.note(
                        table.name(),
                        "waiting",
                        "%s sales wait for %s %s, such as %s"
                                .formatted(row.get(2), row.get(0), row.get(1), row.get(3))))
                .toList());
        int more = references.rows().size() - findings.size();
        if (more > 0) {
            findings.add(Finding.note(table.name(), "waiting", "%d more references are missing".formatted(more)));
        }
        return findings;
    }

    /** The groups of a status, without those whose ledger record no longer counts. */
    private Finding groups(String status, Predicate<Long> counts) throws IOException {
        Table table = StarSchema.SOURCE_GROUPS;
        String names = session
                .query("SELECT group_sequence, source_group FROM %s.%s WHERE status = '%s'"
                        .formatted(database, table.name(), status))
                .rows()
                .stream()
                .filter(row -> counts.test(Long.valueOf(row.get(0))))
                .map(row -> row.get(1))
                .sorted()
                .collect(Collectors.joining(", "));
        return Finding.note(table.name(), status, names.isEmpty() ? "No group is " + status : names);
    }
}
