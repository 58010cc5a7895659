package com.qcompany.hive;

import static com.qcompany.warehouse.schema.StarSchema.SALES_BASE;
import static com.qcompany.warehouse.schema.StarSchema.SALES_DELTA;
import static com.qcompany.warehouse.schema.StarSchema.SALES_TRANSACTIONS_FACT;

import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.schema.Column;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The view {@code sales_transactions_fact}: the sales that stand after a publish, merged ones from {@code sales_base} and
 * later ones from {@code sales_delta}. Replacing it is the one moment at which a publish becomes visible.
 *
 * <p>Hive prunes the base by a condition on {@code transaction_date} and the deltas by the two publishes.
 */
final class FactView {

    private FactView() {}

    /**
     * The statement, with the variable {@code db} and without a semicolon.
     *
     * @param mergedUpTo last publish whose sales are read from the base
     * @param published last publish to be seen
     * @param added columns beside those of the star schema, which come last
     */
    static String statement(long mergedUpTo, long published, List<AddedColumn> added) {
        return statement(SALES_TRANSACTIONS_FACT.name(), mergedUpTo, published, added);
    }

    /** The same under another name. */
    static String statement(String name, long mergedUpTo, long published, List<AddedColumn> added) {
        String standing = "(`removed_in` IS NULL OR `removed_in` > %d)".formatted(published);
        String merged = "`added_in` <= %d AND %s".formatted(mergedUpTo, standing);
        String later = "`added_in` > %d AND `added_in` <= %d AND %s".formatted(mergedUpTo, published, standing);
        List<Column> columns = SALES_TRANSACTIONS_FACT.columns();
        List<AddedColumn> own = AddedColumn.of(SALES_TRANSACTIONS_FACT, added);
        String query = "%s\nWHERE %s\nUNION ALL\n%s\nWHERE %s"
                .formatted(
                        select(SALES_BASE.name(), columns, own),
                        merged,
                        select(SALES_DELTA.name(), columns, own),
                        later);
        return view(name, SALES_TRANSACTIONS_FACT.comment(), withAdded(columns, own), query);
    }

    /** The statement that makes a view of a query, with the variable {@code db} and without a semicolon. */
    static String view(String name, String comment, List<Column> columns, String query) {
        return "CREATE OR REPLACE VIEW ${db}.%s (\n%s\n)\nCOMMENT %s\nAS %s"
                .formatted(name, viewColumns(columns), literal(comment), query);
    }

    /** A query of columns of a table, and of those that contracts added to it. */
    static String select(String table, List<Column> columns, List<AddedColumn> added) {
        String selected = Stream.concat(
                        columns.stream().map(column -> "  `" + column.name() + "`"),
                        added.stream().map(column -> "  " + fromExtras(column)))
                .collect(Collectors.joining(",\n"));
        return "SELECT\n%s\nFROM ${db}.%s".formatted(selected, table);
    }

    /** Columns and behind them those that contracts added. */
    static List<Column> withAdded(List<Column> columns, List<AddedColumn> added) {
        return Stream.concat(columns.stream(), added.stream().map(AddedColumn::column))
                .toList();
    }

    static String fromExtras(AddedColumn column) {
        return column.keys().stream()
                .map(key -> "`extras`[%s]".formatted(literal(key)))
                .collect(Collectors.joining(", ", "CAST(COALESCE(", ") AS %s)".formatted(column.type())));
    }

    private static String viewColumns(List<Column> columns) {
        return columns.stream()
                .map(column -> "  `%s` COMMENT %s".formatted(column.name(), literal(column.comment())))
                .collect(Collectors.joining(",\n"));
    }

    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace(";", "\\;") + "'";
    }
}
