package com.qcompany.warehouse.schema;

import java.util.AbstractList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The columns of a table in order, each found by its name at once. Immutable. */
public final class Columns extends AbstractList<Column> implements RandomAccess {

    private final List<Column> columns;
    private final Map<String, Integer> positions = new HashMap<>();

    Columns(Collection<Column> columns) {
        this.columns = List.copyOf(columns);
        for (int i = 0; i < this.columns.size(); i++) {
            positions.put(this.columns.get(i).name(), i);
        }
    }

    @Override
    public Column get(int index) {
        return columns.get(index);
    }

    @Override
    public int size() {
        return columns.size();
    }

    /** Position of the column of that name, or null. */
    @Nullable
    Integer position(String name) {
        return positions.get(name);
    }
}
