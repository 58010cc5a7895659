package com.qcompany.warehouse.schema;

/**
 * A condition that every row of a table meets, or on which a whole-table audit reports.
 *
 * @param name snake_case name, unique in its table
 * @param condition SQL condition over the table's columns that is true for a right row
 * @param comment why
 */
public record Check(String name, String condition, String comment) {}
