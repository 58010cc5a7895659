package com.qcompany.hive;

import static com.qcompany.warehouse.schema.StarSchema.SALES_TRANSACTIONS_FACT;

import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.ErasedCustomers;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares a database that was rebuilt from a range of hours with the live one, row for row, in one query of Hive: sales with
 * their added columns and extras, and every version of agents, branches, customers and products.
 *
 * <p>What differs by right is left out: sales that are live as of another hour, and whom or what other hours show too;
 * of a sale that groups repeat, and which is live as of another group than in the rebuild, the extras, its customer and its
 * product; of a sale that ever changed, and of one of an erased customer, since when its customers and products are valid.
 *
 * @param added columns that contracts added to the live database
 */
public record DatabaseComparison(
        HiveSession session, String live, String rebuilt, String from, String to, List<AddedColumn> added) {

    private static final Set<String> NOT_COMPARED = Set.of(Dimension.SEEN_IN, Dimension.EXTRAS);
    private static final Set<String> VALIDITY =
            Set.of(Dimension.VERSION_NUMBER, Dimension.VALID_FROM, Dimension.VALID_TO, Dimension.IS_CURRENT);

    /** Sales, units and money that were rebuilt, for people. */
    public String sums() throws IOException {
        List<String> row = session.query(
                        "SELECT COUNT(*), SUM(units), SUM(total_paid_price) FROM %s.sales_transactions_fact"
                                .formatted(rebuilt))
                .rows()
                .get(0);
        return "%s sales, %s units, %s paid".formatted(row.get(0), row.get(1), row.get(2));
    }

    /** A sentence for each row that is not in both as often, by its table and key, up to a limit. */
    public List<String> differences(int limit) throws IOException {
        String rows = Stream.concat(Stream.of(live, rebuilt).flatMap(this::rows), Stream.of(leftOut()))
                .collect(Collectors.joining("\n  UNION ALL\n  "));
        String sql =
                """
                SELECT t, id, SUM(in_live), SUM(in_rebuilt)
                FROM (SELECT r.*, MAX(left_out) OVER (PARTITION BY t, id) AS is_left_out FROM (
                  %s) r) c
                WHERE is_left_out < 2
                GROUP BY t, id, vals, IF(is_left_out = 1, ARRAY(id), since)
                HAVING SUM(in_live) <> SUM(in_rebuilt)
                ORDER BY t, id LIMIT %d"""
                        .formatted(rows, limit);
        return session.query(sql).rows().stream()
                .map(row -> "%s %s is %s times in %s and %s times in %s with these values"
                        .formatted(row.get(0), row.get(1), row.get(2), live, row.get(3), rebuilt))
                .toList();
    }

    private Stream<String> rows(String database) {
        String outside = "SUBSTR(%s, 1, 13) NOT BETWEEN '" + from + "' AND '" + to + "'";
        return Stream.concat(
                rows(
                        database,
                        SALES_TRANSACTIONS_FACT,
                        "transaction_id",
                        StarSchema.COMPARED_SALE_COLUMNS,
                        outside.formatted("source_group")),
                StarSchema.DIMENSION_DECLARATIONS.stream().flatMap(dimension -> {
                    List<String> columns = dimension.table().columns().stream()
                            .map(Column::name)
                            .filter(name -> !NOT_COMPARED.contains(name))
                            .toList();
                    String isOutside = Stream.concat(
                                    Stream.of("DATE_FORMAT(valid_from, 'yyyy-MM-dd-HH')"),
                                    columns.stream().filter(name -> name.endsWith(Dimension.SEEN_IN)))
                            .map(text -> "COALESCE(%s, FALSE)".formatted(outside.formatted(text)))
                            .collect(Collectors.joining(" OR "));
                    return rows(database, dimension.table(), dimension.key(), columns, isOutside);
                }));
    }

    /** The rows of a table, and one for each of their extras. */
    private Stream<String> rows(String database, Table table, String key, List<String> columns, String isOutside) {
        List<AddedColumn> own = AddedColumn.of(table, added);
        String values = texts(Stream.concat(
                columns.stream().filter(name -> !isSince(name)), own.stream().map(FactView::fromExtras)));
        String since = texts(Stream.concat(Stream.of(key), columns.stream().filter(DatabaseComparison::isSince)));
        String isOwn = Stream.concat(Stream.of(""), own.stream().flatMap(column -> column.keys().stream()))
                .map(FactView::literal)
                .collect(Collectors.joining(", ", "k IN (", ")"));
        String select = "SELECT '" + table.name() + "%s' AS t, CAST(`" + key
                + "` AS string) AS id, ARRAY(%s) AS vals, ARRAY(" + since + ") AS since, IF("
                + isOutside + ", 2, 0) AS left_out, " + (database.equals(live) ? "1 AS in_live, 0" : "0 AS in_live, 1")
                + " AS in_rebuilt FROM " + database + "." + table.name();
        String extras = " LATERAL VIEW EXPLODE(extras) e AS k, v WHERE NOT " + isOwn;
        return Stream.of(select.formatted("", values), select.formatted(".extras", "k, v") + extras)
                .limit(table.has(Dimension.EXTRAS) ? 2 : 1);
    }

    /** Whether a column says since when values are valid or where they were seen. */
    private static boolean isSince(String column) {
        return VALIDITY.contains(column) || column.endsWith(Dimension.SEEN_IN);
    }

    private static String texts(Stream<String> columns) {
        return columns.map("CAST(%s AS string)"::formatted).collect(Collectors.joining(", "));
    }

    /** Of sales that are in both as of different groups all they show (2); of those that changed or lost a name since when (1). */
    private String leftOut() {
        return """
                SELECT s.t, s.id, ARRAY(CAST(NULL AS string)) AS vals, ARRAY(s.id) AS since, left_out, 0 AS in_live,
                  0 AS in_rebuilt
                FROM (
                  SELECT 2 AS left_out, l.transaction_id, CAST(l.customer_id AS string) AS customer_id,
                    CAST(l.product_id AS string) AS product_id
                  FROM %1$s.sales_transactions_fact l JOIN %2$s.sales_transactions_fact r
                    ON l.transaction_id = r.transaction_id WHERE l.source_group <> r.source_group
                  UNION ALL
                  SELECT 1, NULL, CAST(customer_id AS string), CAST(product_id AS string)
                  FROM %1$s.sales_transactions_fact
                  WHERE transaction_id IN (SELECT transaction_id FROM %1$s.restatements)
                  UNION ALL
                  SELECT 1, NULL, CAST(customer_id AS string), CAST(product_id AS string)
                  FROM %1$s.sales_transactions_fact
                  WHERE customer_id IN (SELECT customer_id FROM %1$s.customer_dim WHERE customer_lname = '%3$s')
                  UNION ALL
                  SELECT 1, NULL, IF(column_name = 'customer_id', v, NULL), IF(column_name = 'product_id', v, NULL)
                  FROM %1$s.restatements LATERAL VIEW EXPLODE(ARRAY(old_value, new_value)) e AS v) b
                LATERAL VIEW EXPLODE(MAP('customer_dim', customer_id, 'product_dim', product_id,
                  'sales_transactions_fact.extras', transaction_id)) s AS t, id"""
                .formatted(live, rebuilt, ErasedCustomers.ERASED);
    }
}
