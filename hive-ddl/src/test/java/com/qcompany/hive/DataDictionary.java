package com.qcompany.hive;

import com.qcompany.warehouse.schema.Check;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.util.List;
import java.util.stream.Collectors;

/** Derives the data dictionary, a Markdown page, from {@link StarSchema}. It is checked in; a test compares the two. */
final class DataDictionary {

    private DataDictionary() {}

    static String markdown() {
        return """
                # Data dictionary

                Generated from `com.qcompany.warehouse.schema.StarSchema`; a test fails when the two differ.

                %s
                %s"""
                .formatted(
                        StarSchema.TABLES.stream()
                                .map(table ->
                                        "- [%s](#%s): %s\n".formatted(table.name(), table.name(), table.comment()))
                                .collect(Collectors.joining()),
                        StarSchema.TABLES.stream().map(DataDictionary::section).collect(Collectors.joining("\n")));
    }

    private static String section(Table table) {
        return """
                ## %s

                %s.

                %s

                Key: %s. Storage: %s
                %s"""
                .formatted(
                        table.name(),
                        table.comment(),
                        columns(table),
                        table.primaryKey().stream().map(DataDictionary::code).collect(Collectors.joining(", ")),
                        storage(table),
                        checks(table.checks()));
    }

    private static String columns(Table table) {
        String rows = table.columns().stream()
                .map(column -> row(column, column.comment()))
                .collect(Collectors.joining("\n"));
        String partitions = table.partitionColumns().stream()
                .map(column -> "\n" + row(column, column.comment() + " (partition)"))
                .collect(Collectors.joining());
        return "| column | type | nullable | meaning |\n|---|---|---|---|\n" + rows + partitions;
    }

    private static String row(Column column, String comment) {
        return "| `%s` | `%s` | %s | %s |"
                .formatted(column.name(), column.type().hiveName(), column.nullable() ? "yes" : "no", escape(comment));
    }

    private static String storage(Table table) {
        return switch (table.storage()) {
            case VERSIONED_TABLE ->
                "Parquet, unpartitioned; a publish writes a whole new version directory and moves the table to it.";
            case VERSIONED_PARTITIONS ->
                "Parquet, partitioned by %s; a partition has a current version directory, registered by location."
                        .formatted(partitionNames(table));
            case CONVENTIONAL ->
                "Parquet, partitioned by %s; `column=value` directories, found by `MSCK REPAIR TABLE`."
                        .formatted(partitionNames(table));
            case VIEW -> "a view; every publish replaces it by one statement, and so becomes visible.";
        };
    }

    private static String partitionNames(Table table) {
        return table.partitionColumns().stream()
                .map(column -> code(column.name()))
                .collect(Collectors.joining(", "));
    }

    private static String checks(List<Check> checks) {
        if (checks.isEmpty()) {
            return "";
        }
        return checks.stream()
                .map(check ->
                        "| `%s` | `%s` | %s |\n".formatted(check.name(), check.condition(), escape(check.comment())))
                .collect(Collectors.joining("", "\n| check | true for every row | why |\n|---|---|---|\n", ""));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String escape(String text) {
        return text.replace("|", "\\|");
    }
}
