package com.qcompany.pages;

import com.qcompany.hive.Report;
import com.qcompany.hive.Report.Subject;
import com.qcompany.hive.ResultTable;
import com.qcompany.warehouse.schema.StarSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where every column of every report comes from: by the reports' queries from columns of tables, and by the contracts
 * from columns of files.
 *
 * @param paths each a column of a file or of the app log, one of a table, and one of a report
 */
public record Lineage(Set<Path> paths) {

    /** A way from a file to a report, each end as {@code name.column}. */
    public record Path(String file, String table, String report) {}

    /** The picture: columns at three depths, and links between their positions. */
    private record Picture(String kind, List<String> labels, List<Integer> depths, List<List<Integer>> links) {}

    private record Node(String label, int depth) {}

    private static final String APP_LOG = "app log";

    static Lineage of(List<FeedContract> contracts) {
        Set<Path> paths = new LinkedHashSet<>();
        for (Report report : Report.about(Subject.SALES, Subject.EVENTS)) {
            SqlLineage.of(report).forEach((column, sources) -> {
                for (String source : sources) {
                    for (String file : files(source, contracts)) {
                        paths.add(new Path(file, source, report.name() + "." + column));
                    }
                }
            });
        }
        return new Lineage(paths);
    }

    private static List<String> files(String tableColumn, List<FeedContract> contracts) {
        String table = tableColumn.substring(0, tableColumn.indexOf('.'));
        String column = tableColumn.substring(table.length() + 1);
        if (table.equals(StarSchema.KAFKA.name())) {
            return List.of(APP_LOG + "." + column);
        }
        List<String> files = new ArrayList<>();
        for (FeedContract contract : contracts) {
            if (contract.outputs().containsKey(table)) {
                contract.sources(table, column).forEach(source -> files.add(contract.name() + "." + source));
            }
        }
        return files;
    }

    ResultTable table() {
        return new ResultTable(
                List.of(
                        new ResultTable.Column("file_column", false),
                        new ResultTable.Column("table_column", false),
                        new ResultTable.Column("report_column", false)),
                paths.stream()
                        .map(path -> List.of(path.file, path.table, path.report))
                        .toList());
    }

    /** The picture as JSON that can stand in HTML. */
    public String json() {
        List<Node> nodes = new ArrayList<>();
        Set<List<Integer>> links = new LinkedHashSet<>();
        for (Path path : paths) {
            int file = node(path.file, 0, nodes);
            int table = node(path.table, 1, nodes);
            links.add(List.of(file, table));
            links.add(List.of(table, node(path.report, 2, nodes)));
        }
        return Section.json(new Picture(
                "LINEAGE",
                nodes.stream().map(Node::label).toList(),
                nodes.stream().map(Node::depth).toList(),
                List.copyOf(links)));
    }

    private static int node(String label, int depth, List<Node> nodes) {
        Node node = new Node(label, depth);
        if (!nodes.contains(node)) {
            nodes.add(node);
        }
        return nodes.indexOf(node);
    }
}
