package com.qcompany.warehouse.schema;

import com.qcompany.warehouse.schema.Table.Storage;
import java.util.List;
import java.util.Set;

/**
 * The text form of a table. First a line {@code name: comment}, then a line for each column: its name, its type with
 * marks, and its comment, separated by two blanks or more.
 *
 * <pre>
 * branch_dim: Branches, one row per version
 * branch_id  int key     Source id of the branch
 * location   string?     City; the question mark allows null
 * region     string partition  …
 * </pre>
 *
 * <p>Marks: {@code key} (part of the primary key), {@code partition} (not stored, in the directory's name),
 * {@code distinct} (values hardly repeat, so no dictionary) and {@code overwritten} (see {@link Dimension}).
 */
record Declaration(String table, String comment, List<Field> fields) {

    /** A line about a column. */
    record Field(Column column, Set<String> marks) {
        static Field parse(String line) {
            String[] parts = line.strip().split(" {2,}", 3);
            if (parts.length < 3) {
                throw new IllegalArgumentException(
                        "Cannot declare a column: %s (expected name, type and comment, two blanks between)"
                                .formatted(line));
            }
            List<String> words = List.of(parts[1].split(" "));
            String type = words.get(0);
            boolean nullable = type.endsWith("?");
            Set<String> marks = Set.copyOf(words.subList(1, words.size()));
            ColumnType columnType = ColumnType.parse(nullable ? type.substring(0, type.length() - 1) : type);
            return new Field(new Column(parts[0], columnType, nullable, parts[2], !marks.contains("distinct")), marks);
        }
    }

    static Declaration parse(String text) {
        List<String> lines = text.lines().toList();
        String[] title = lines.get(0).split(": ", 2);
        return new Declaration(
                title[0],
                title[1],
                lines.subList(1, lines.size()).stream().map(Field::parse).toList());
    }

    Table toTable(Storage storage, List<Check> checks) {
        List<Column> stored = fields.stream()
                .filter(field -> !field.marks().contains("partition"))
                .map(Field::column)
                .toList();
        return new Table(table, comment, storage, stored, columns("partition"), names("key"), checks);
    }

    List<Column> columns() {
        return fields.stream().map(Field::column).toList();
    }

    List<Column> columns(String mark) {
        return fields.stream()
                .filter(field -> field.marks().contains(mark))
                .map(Field::column)
                .toList();
    }

    List<String> names(String mark) {
        return columns(mark).stream().map(Column::name).toList();
    }
}
