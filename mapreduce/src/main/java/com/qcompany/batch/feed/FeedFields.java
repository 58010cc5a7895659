package com.qcompany.batch.feed;

import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a feed by name: its columns in order, then what is derived. Knows when a name is not declared. */
final class FeedFields {

    private static final List<Kind> NUMBERS = List.of(Kind.INT, Kind.BIGINT, Kind.DECIMAL);

    private final String feed;
    private final Map<String, Integer> indexes = new LinkedHashMap<>();
    private final List<FeedField> fields = new ArrayList<>();

    FeedFields(String feed, List<FeedColumn> columns, List<Derivation> derivations) {
        this.feed = feed;
        columns.forEach(column -> add(column.field()));
        for (Derivation derivation : derivations) {
            derivation.reads().forEach(this::indexOf);
            derivation.writes().forEach(field -> addUnlessRead(field, derivation));
        }
    }

    List<FeedField> all() {
        return List.copyOf(fields);
    }

    boolean has(String name) {
        return indexes.containsKey(name);
    }

    int indexOf(String name) {
        Integer index = indexes.get(name);
        if (index == null) {
            throw new IllegalArgumentException("Cannot load feed %s: it refers to undeclared column %s (declared: %s)"
                    .formatted(feed, name, indexes.keySet()));
        }
        return index;
    }

    int[] indexesOf(List<String> names) {
        return names.stream().mapToInt(this::indexOf).toArray();
    }

    FeedField field(String name) {
        return fields.get(indexOf(name));
    }

    int numberAt(String name) {
        return indexOfKind(name, NUMBERS);
    }

    int booleanAt(String name) {
        return indexOfKind(name, List.of(Kind.BOOLEAN));
    }

    int textAt(String name) {
        return indexOfKind(name, List.of(Kind.TEXT));
    }

    private int indexOfKind(String name, List<Kind> kinds) {
        ColumnType type = field(name).type();
        if (!kinds.contains(type.kind())) {
            throw new IllegalArgumentException("Cannot load feed %s: column %s is %s here (expected one of %s)"
                    .formatted(feed, name, type.hiveName(), kinds));
        }
        return indexOf(name);
    }

    private void addUnlessRead(FeedField field, Derivation derivation) {
        if (!derivation.reads().contains(field.name())) {
            add(field);
        }
    }

    private void add(FeedField field) {
        if (!field.name().matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException(
                    "Cannot load feed %s: column name %s (expected snake_case)".formatted(feed, field.name()));
        }
        if (indexes.putIfAbsent(field.name(), fields.size()) != null) {
            throw new IllegalArgumentException(
                    "Cannot load feed %s: column %s is declared twice".formatted(feed, field.name()));
        }
        fields.add(field);
    }
}
