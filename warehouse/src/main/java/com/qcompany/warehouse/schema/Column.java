package com.qcompany.warehouse.schema;

import com.qcompany.warehouse.schema.ColumnType.Kind;

/**
 * A column of a {@link Table}.
 *
 * @param name snake_case name, the same in Hive and Parquet
 * @param type its type
 * @param nullable whether a row may leave it out
 * @param comment one sentence for the data dictionary and Hive
 * @param repetitive whether values repeat within a file, so that a dictionary pays; else it only costs time
 */
public record Column(String name, ColumnType type, boolean nullable, String comment, boolean repetitive) {

    public Column {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("Cannot name a column: %s (expected snake_case)".formatted(name));
        }
        if (comment.isBlank()) {
            throw new IllegalArgumentException("Cannot declare column %s without a comment".formatted(name));
        }
    }

    /** A column whose values repeat. */
    public Column(String name, ColumnType type, boolean nullable, String comment) {
        this(name, type, nullable, comment, true);
    }

    /** The same column, declared to hardly repeat a value. */
    public Column distinct() {
        return new Column(name, type, nullable, comment, false);
    }

    /** A column that every row has. */
    public static Column required(String name, Kind kind, String comment) {
        return new Column(name, ColumnType.of(kind), false, comment);
    }

    /** A column that a row may leave out. */
    public static Column optional(String name, Kind kind, String comment) {
        return new Column(name, ColumnType.of(kind), true, comment);
    }

    /** An amount of money, exact to four digits after the point. */
    public static Column money(String name, boolean nullable, String comment) {
        return new Column(name, ColumnType.decimal(18, 4), nullable, comment);
    }
}
