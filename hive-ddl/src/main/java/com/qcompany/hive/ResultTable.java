package com.qcompany.hive;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The answer to a query as text, the same on every run and in every locale.
 *
 * <p>Decimals are written plainly and exactly, with two digits after the point or as many more as they need; NULL is
 * the empty text.
 *
 * @param rows rows in order, a text a column
 */
public record ResultTable(List<Column> columns, List<List<String>> rows) {

    /** A column of a result. */
    public record Column(String name, boolean numeric) {}

    private static final int MONEY_SCALE = 2;

    public ResultTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    static ResultTable read(ResultSet result) throws SQLException {
        ResultSetMetaData meta = result.getMetaData();
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(new Column(unqualified(meta.getColumnLabel(i)), isNumeric(meta.getColumnType(i))));
        }
        List<List<String>> rows = new ArrayList<>();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(text(result.getObject(i)));
            }
            rows.add(row);
        }
        return new ResultTable(columns, rows);
    }

    public ResultTable head(int count) {
        return new ResultTable(columns, rows.subList(0, Math.min(count, rows.size())));
    }

    public ResultTable where(String column, Predicate<String> passes) {
        int index = indexOf(column);
        return new ResultTable(
                columns,
                rows.stream().filter(row -> passes.test(row.get(index))).toList());
    }

    public int indexOf(String column) {
        List<String> names = columns.stream().map(Column::name).toList();
        int index = names.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("Cannot find column %s (expected one of %s)".formatted(column, names));
        }
        return index;
    }

    /** The sum of a column of numbers, exact; empty cells add nothing. */
    public BigDecimal sum(String column) {
        int index = indexOf(column);
        return rows.stream()
                .map(row -> row.get(index))
                .filter(cell -> !cell.isEmpty())
                .map(BigDecimal::new)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The number in the only row's column. */
    long number(int column) {
        return Long.parseLong(rows.get(0).get(column));
    }

    /** Hive writes the alias of a table before a column's name. */
    private static String unqualified(String label) {
        return label.substring(label.lastIndexOf('.') + 1);
    }

    private static String text(Object value) {
        if (value instanceof BigDecimal decimal) {
            BigDecimal shortest = decimal.stripTrailingZeros();
            return shortest.setScale(Math.max(MONEY_SCALE, shortest.scale()), RoundingMode.UNNECESSARY)
                    .toPlainString();
        }
        return value == null ? "" : value.toString();
    }

    private static boolean isNumeric(int sqlType) {
        return switch (sqlType) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.DECIMAL, Types.DOUBLE, Types.FLOAT ->
                true;
            default -> false;
        };
    }
}
