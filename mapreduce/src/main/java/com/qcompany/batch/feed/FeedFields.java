package com.qcompany.batch.feed;

import com.qcompany.batch.feed.ColumnExtension.Split;
import com.qcompany.warehouse.contract.KeyException;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a feed by name: its columns in order, then the parts of columns, then what is derived. */
final class FeedFields {

    /** What a row of the load holds beside where it comes from. */
    static final int MAX_FIELDS = 60;

    private final Map<String, Column> fields = new LinkedHashMap<>();
    private final List<String> names;

    FeedFields(Contract.Body body) {
        body.properties().forEach(column -> add(column.field()));
        for (FeedColumn column : body.properties()) {
            Split split = column.customProperties().split();
            if (split != null) {
                split.into().stream()
                        .filter(part -> !part.equals(column.name()))
                        .forEach(part -> add(
                                new Column(part, ColumnType.of(Kind.TEXT), true, "Part of " + column.name(), true)));
            }
        }
        body.customProperties().derivations().forEach(derived -> add(derived.field()));
        this.names = List.copyOf(fields.keySet());
        if (names.size() > MAX_FIELDS) {
            throw new IllegalArgumentException("Cannot use %d columns, parts and derived values (expected at most %d)"
                    .formatted(names.size(), MAX_FIELDS));
        }
    }

    List<Column> all() {
        return List.copyOf(fields.values());
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    int indexOf(String name) {
        if (!has(name)) {
            throw new IllegalArgumentException(
                    "Cannot find undeclared column %s (declared: %s)".formatted(name, names));
        }
        return names.indexOf(name);
    }

    int[] indexesOf(List<String> wanted) {
        return wanted.stream().mapToInt(this::indexOf).toArray();
    }

    private void add(Column field) {
        KeyException.naming("properties", field.name(), () -> {
            if (fields.putIfAbsent(field.name(), field) != null) {
                throw new IllegalArgumentException(
                        "Cannot use column %s: it is declared twice".formatted(field.name()));
            }
            return field;
        });
    }
}
