package com.qcompany.hive;

import static com.qcompany.warehouse.schema.StarSchema.SALES_BASE;
import static com.qcompany.warehouse.schema.StarSchema.SALES_DELTA;
import static com.qcompany.warehouse.schema.StarSchema.SALES_TRANSACTIONS_FACT;

import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.Table;
import java.util.ArrayList;
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
        List<Column> columns = new ArrayList<>(SALES_TRANSACTIONS_FACT.columns());
        added.forEach(column -> columns.add(column.column()));
        return """
                CREATE OR REPLACE VIEW ${db}.%s (
                %s
                )
                COMMENT %s
                AS %s
                UNION ALL
                %s"""
                .formatted(
                        name,
                        viewColumns(columns),
                        literal(SALES_TRANSACTIONS_FACT.comment()),
                        select(SALES_BASE, merged, added),
                        select(SALES_DELTA, later, added));
    }

    private static String select(Table table, String condition, List<AddedColumn> added) {
        String columns = Stream.concat(
                        Stream.of(selected(SALES_TRANSACTIONS_FACT.columns())),
                        added.stream().map(FactView::fromExtras))
                .collect(Collectors.joining(",\n"));
        return "SELECT\n%s\nFROM ${db}.%s\nWHERE %s".formatted(columns, table.name(), condition);
    }

    private static String fromExtras(AddedColumn column) {
        return column.keys().stream()
                .map(key -> "`extras`[%s]".formatted(literal(key)))
                .collect(Collectors.joining(", ", "  CAST(COALESCE(", ") AS %s)".formatted(column.type())));
    }

    /** Column names with comments, as they stand in the head of a view. */
    static String viewColumns(List<Column> columns) {
        return columns.stream()
                .map(column -> "  `%s` COMMENT %s".formatted(column.name(), literal(column.comment())))
                .collect(Collectors.joining(",\n"));
    }

    /** Column names as they stand after SELECT. */
    static String selected(List<Column> columns) {
        return columns.stream().map(column -> "  `" + column.name() + "`").collect(Collectors.joining(",\n"));
    }

    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace(";", "\\;") + "'";
    }
}
