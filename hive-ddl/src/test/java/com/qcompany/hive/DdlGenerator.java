package com.qcompany.hive;

import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import com.qcompany.warehouse.state.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * Derives the DDL from {@link StarSchema}. What it returns is checked in below {@code hive-ddl/src/main/resources}, so
 * that it can be reviewed and run by beeline alone; a test compares the two.
 */
final class DdlGenerator {

    private static final Path ROOT = new Path("/__root__");
    private static final String USAGE_OF_TABLE = "--hivevar db=q_dwh --hivevar root=hdfs://namenode:8020/q";
    private static final String PARAMETER_ROOT = "--   root  root directory (q.root), fully qualified\n";

    private DdlGenerator() {}

    /** Text of every script by its file name, in the order in which they run. */
    static Map<String, String> scripts() {
        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put(Ddl.DATABASE, database());
        StarSchema.TABLES.forEach(table -> scripts.put(Ddl.name(table), table(table)));
        scripts.put(Ddl.VIEWS, views());
        return scripts;
    }

    private static String database() {
        return header(
                        "Creates the database.",
                        "It has no LOCATION of its own: dropping a database deletes its directory.",
                        "",
                        Ddl.DATABASE,
                        "--hivevar db=q_dwh")
                + "CREATE DATABASE IF NOT EXISTS ${db}\nCOMMENT 'Q company: sales star schema and app-log events';\n";
    }

    private static String table(Table table) {
        return table.storage() == Storage.VIEW ? factView(table) : filesTable(table);
    }

    private static String factView(Table view) {
        return header(
                        "Creates %s: %s.".formatted(view.name(), view.comment()),
                        "As of the empty warehouse; every publish replaces it by one of the same form.",
                        "",
                        Ddl.name(view),
                        "--hivevar db=q_dwh")
                + FactView.statement(0, 0, List.of())
                + ";\n";
    }

    private static String filesTable(Table table) {
        List<String> items = new ArrayList<>();
        table.columns().forEach(column -> items.add("  " + definition(column, true)));
        items.add("  PRIMARY KEY (%s) DISABLE NOVALIDATE NORELY".formatted(names(table.primaryKey())));
        return header(
                        "Creates %s: %s.".formatted(table.name(), table.comment()),
                        "A table that exists stays as it is. %s".formatted(storageNote(table.storage())),
                        PARAMETER_ROOT,
                        Ddl.name(table),
                        USAGE_OF_TABLE)
                + "CREATE EXTERNAL TABLE IF NOT EXISTS ${db}.%s (\n".formatted(table.name())
                + String.join(",\n", items)
                + "\n)\nCOMMENT %s\n".formatted(FactView.literal(table.comment()))
                + partitioning(table)
                + "STORED AS PARQUET\nLOCATION '%s'\n".formatted(location(table))
                + properties(table)
                + ";\n";
    }

    private static String definition(Column column, boolean constraint) {
        String notNull = constraint && !column.nullable() ? " NOT NULL DISABLE NOVALIDATE NORELY" : "";
        return "`%s` %s%s COMMENT %s"
                .formatted(column.name(), column.type().hiveName(), notNull, FactView.literal(column.comment()));
    }

    private static String partitioning(Table table) {
        if (table.partitionColumns().isEmpty()) {
            return "";
        }
        return table.partitionColumns().stream()
                .map(column -> "  " + definition(column, false))
                .collect(Collectors.joining(",\n", "PARTITIONED BY (\n", "\n)\n"));
    }

    private static String properties(Table table) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("external.table.purge", "false");
        properties.put("parquet.compression", "SNAPPY");
        properties.put("discover.partitions", Boolean.toString(table.storage() == Storage.CONVENTIONAL));
        return properties.entrySet().stream()
                .map(property -> "  '%s'='%s'".formatted(property.getKey(), property.getValue()))
                .collect(Collectors.joining(",\n", "TBLPROPERTIES (\n", "\n)"));
    }

    private static String location(Table table) {
        String path = new Layout(ROOT).initialLocation(table).toString();
        return "${root}" + path.substring(ROOT.toString().length());
    }

    private static String storageNote(Storage storage) {
        return switch (storage) {
            case VERSIONED_TABLE -> "Publishing moves its location to the current version.";
            case VERSIONED_PARTITIONS ->
                "Its directory stays empty: partitions are registered by location, never by MSCK REPAIR TABLE.";
            case CONVENTIONAL -> "MSCK REPAIR TABLE finds its partitions.";
            case VIEW -> throw new IllegalArgumentException("Cannot store %s: it is a view".formatted(storage));
        };
    }

    private static String views() {
        List<String> statements = new ArrayList<>();
        StarSchema.DIMENSIONS.forEach(dimension -> statements.add(CurrentView.statement(dimension, List.of())));
        statements.add(SalesView.statement(List.of()));
        statements.add(SalesView.pseudonymous());
        return header(
                        "Creates the views: the current row of each dimension, and sales with what was in force.",
                        "Running it again replaces them.",
                        "",
                        Ddl.VIEWS,
                        "--hivevar db=q_dwh")
                + String.join(";\n\n", statements)
                + ";\n";
    }

    private static String names(List<String> columns) {
        return columns.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static String header(String purpose, String note, String parameters, String file, String usage) {
        return """
                -- %s
                -- %s
                -- Generated from com.qcompany.warehouse.schema.StarSchema.
                --
                -- Parameters:
                --   db    database
                %s-- Usage:
                --   beeline -f %s %s

                """
                .formatted(purpose, note, parameters, file, usage);
    }
}
