package com.qcompany.warehouse.schema;

/**
 * A condition that every row of a table meets, or on which a whole-table audit reports: its snake_case name, unique in the
 * table, SQL over the table's columns that is true for a right row, and why.
 */
public record Check(String name, String condition, String comment) {}
