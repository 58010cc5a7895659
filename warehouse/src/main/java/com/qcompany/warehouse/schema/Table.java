package com.qcompany.warehouse.schema;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * The one declaration of a table, from which its Hive DDL, Parquet schema, row codec and data dictionary derive.
 *
 * @param comment one sentence for the data dictionary and Hive
 * @param storage how its files lie and become visible
 * @param columns stored columns, in order; partition columns are not among them
 * @param partitionColumns columns whose value is in the directory's name, outermost first
 * @param primaryKey names of the columns that identify a row
 * @param checks conditions its rows meet
 */
public record Table(
        String name,
        String comment,
        Storage storage,
        List<Column> columns,
        List<Column> partitionColumns,
        List<String> primaryKey,
        List<Check> checks) {

    /** How a table's files lie and become visible. */
    public enum Storage {
        /** Unpartitioned; every publish writes a whole new directory and moves the table's location to it. */
        VERSIONED_TABLE,
        /** Every partition has a current version directory, registered by location; never repaired by MSCK. */
        VERSIONED_PARTITIONS,
        /** {@code column=value} directories below the table's root, found by MSCK REPAIR. */
        CONVENTIONAL,
        /** No files of its own: a view, which every publish moves on. */
        VIEW
    }

    public Table {
        columns = List.copyOf(columns);
        partitionColumns = List.copyOf(partitionColumns);
        primaryKey = List.copyOf(primaryKey);
        checks = List.copyOf(checks);
        List<String> names = Stream.concat(columns.stream(), partitionColumns.stream())
                .map(Column::name)
                .toList();
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException(
                    "Cannot declare table %s: a column name repeats in %s".formatted(name, names));
        }
        if (!names.containsAll(primaryKey)) {
            throw new IllegalArgumentException(
                    "Cannot declare table %s: key %s is not among its columns %s".formatted(name, primaryKey, names));
        }
        boolean unpartitioned = storage == Storage.VERSIONED_TABLE || storage == Storage.VIEW;
        if (unpartitioned != partitionColumns.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot declare table %s: storage %s does not go with partition columns %s"
                            .formatted(name, storage, partitionColumns));
        }
    }

    public static Table declare(Storage storage, String text, Check... checks) {
        return Declaration.parse(text).toTable(storage, List.of(checks));
    }

    public boolean has(String column) {
        return position(column) >= 0;
    }

    public int indexOf(String column) {
        int position = position(column);
        if (position < 0) {
            throw new IllegalArgumentException("Cannot find column %s in table %s (has %s)"
                    .formatted(column, name, columns.stream().map(Column::name).toList()));
        }
        return position;
    }

    /** Position of the stored column of that name, or -1. */
    public int position(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }

    public Column column(String column) {
        return columns.get(indexOf(column));
    }

    /** Parquet schema of its files: the stored columns in order. */
    public MessageType messageType() {
        return MessageTypeParser.parseMessageType(columns.stream()
                .map(column -> column.type().parquetField(column.name(), column.nullable()))
                .collect(Collectors.joining(" ", "message " + name + " { ", " }")));
    }

    /** A table of the same storage that has only some of this one's columns: what a projected read returns. */
    public Table project(List<String> names) {
        List<Column> kept = names.stream().map(this::column).toList();
        return new Table(
                name,
                comment,
                storage,
                kept,
                partitionColumns,
                primaryKey.stream().filter(names::contains).toList(),
                List.of());
    }

    /** {@code column=value[/column=value]}: the directory of a partition, values in the columns' order. */
    public String partitionDirectory(List<String> values) {
        if (values.size() != partitionColumns.size()) {
            throw new IllegalArgumentException("Cannot name a partition of %s from %s (expected values of %s)"
                    .formatted(name, values, partitionColumns));
        }
        return IntStream.range(0, values.size())
                .mapToObj(i -> partitionColumns.get(i).name() + "=" + values.get(i))
                .collect(Collectors.joining("/"));
    }
}
