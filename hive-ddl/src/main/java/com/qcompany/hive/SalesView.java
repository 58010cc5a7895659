package com.qcompany.hive;

import static com.qcompany.warehouse.schema.StarSchema.SALES_TRANSACTIONS_FACT;

import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The view {@code sales}: every row of the fact once, with the version of its customer, product, agent and branch that
 * was in force at its source hour.
 *
 * <p>Outer joins keep a sale whose dimension row is missing. No sale doubles, because at any hour at most one version of
 * a key is in force: {@code valid_from <= hour < valid_to}, and a version with equal ends is an empty interval. The first
 * version also holds before its {@code valid_from}, for a sale that waited until its agent or branch was known.
 */
final class SalesView {

    private static final String FACT_ALIAS = "f";

    private SalesView() {}

    /** The statement, with the variable {@code db} and without a semicolon; added columns come last. */
    static String statement(List<AddedColumn> added) {
        List<String> selected = new ArrayList<>(SALES_TRANSACTIONS_FACT.columns().stream()
                .map(column -> field(FACT_ALIAS, column.name()))
                .toList());
        for (Dimension dimension : StarSchema.DIMENSION_DECLARATIONS) {
            dimension.describing().forEach(column -> selected.add(field(alias(dimension), column)));
        }
        List<AddedColumn> own = AddedColumn.of(SALES_TRANSACTIONS_FACT, added);
        own.forEach(column -> selected.add(field(FACT_ALIAS, column.name())));
        String query = "SELECT\n%s\nFROM ${db}.%s %s\n%s"
                .formatted(
                        selected.stream().map(field -> "  " + field).collect(Collectors.joining(",\n")),
                        SALES_TRANSACTIONS_FACT.name(),
                        FACT_ALIAS,
                        StarSchema.DIMENSION_DECLARATIONS.stream()
                                .map(SalesView::join)
                                .collect(Collectors.joining("\n")));
        return FactView.view(
                "sales",
                "Sales, each once, with the versions in force at its source hour",
                FactView.withAdded(columns(), own),
                query);
    }

    /** The statements of this view and those of dimensions, where contracts added columns to them. */
    static List<String> ofAdded(List<AddedColumn> added) {
        return added.stream()
                .map(AddedColumn::table)
                .distinct()
                .map(table -> table.equals(SALES_TRANSACTIONS_FACT.name())
                        ? statement(added)
                        : CurrentView.statement(StarSchema.table(table), added))
                .toList();
    }

    /** The view {@code sales_pseudonymous}: the same without what says who a person is, for those who need none of it. */
    static String pseudonymous() {
        List<Column> columns = columns().stream()
                .filter(column -> !StarSchema.PERSONAL_COLUMNS.contains(column.name()))
                .toList();
        return FactView.view(
                "sales_pseudonymous",
                "Sales without names, e-mails and streets: customers and agents are their ids",
                columns,
                FactView.select("sales", columns, List.of()));
    }

    private static List<Column> columns() {
        return Stream.concat(
                        SALES_TRANSACTIONS_FACT.columns().stream(),
                        StarSchema.DIMENSION_DECLARATIONS.stream().flatMap(dimension -> dimension.describing().stream()
                                .map(dimension.table()::column)))
                .toList();
    }

    private static String join(Dimension dimension) {
        String alias = alias(dimension);
        String hour = field(FACT_ALIAS, "source_hour");
        return """
                LEFT JOIN ${db}.%s %s
                  ON %s = %s
                  AND (%s = 1 OR %s <= %s)
                  AND (%s IS NULL OR %s < %s)"""
                .formatted(
                        dimension.table().name(),
                        alias,
                        field(FACT_ALIAS, dimension.key()),
                        field(alias, dimension.key()),
                        field(alias, Dimension.VERSION_NUMBER),
                        field(alias, Dimension.VALID_FROM),
                        hour,
                        field(alias, Dimension.VALID_TO),
                        hour,
                        field(alias, Dimension.VALID_TO));
    }

    private static String alias(Dimension dimension) {
        return dimension.table().name().substring(0, 1);
    }

    private static String field(String alias, String column) {
        return "%s.`%s`".formatted(alias, column);
    }
}
