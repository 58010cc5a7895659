package com.qcompany.warehouse.schema;

/**
 * A column of a {@link Table}.
 *
 * @param name snake_case name, the same in Hive and Parquet
 * @param nullable whether a row may leave it out
 * @param comment one sentence for the data dictionary and Hive
 * @param repetitive whether values repeat within a file, so that a dictionary pays; else it only costs time
 */
public record Column(String name, ColumnType type, boolean nullable, String comment, boolean repetitive) {

    public Column {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("Cannot name a column: %s (expected snake_case)".formatted(name));
        }
        name = name.intern(); // Rows find columns by name: the same text is found equal at once.
        if (comment.isBlank()) {
            throw new IllegalArgumentException("Cannot declare column %s without a comment".formatted(name));
        }
    }

    /** Reads {@code name  type  comment}, as in {@code units  int?  Pieces sold}. */
    public static Column parse(String line) {
        return Declaration.Field.parse(line).column();
    }
}
