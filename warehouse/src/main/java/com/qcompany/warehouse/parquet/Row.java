package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One row of a {@link Table}: a value a stored column, in the table's order, of the classes {@link ColumnType.Kind}
 * names. Mutable and not thread-safe.
 *
 * <p>It holds values as files store them, so one that is only read and written again is never turned into another class.
 */
public final class Row {

    private final Table table;
    private final @Nullable Object[] stored;

    public Row(Table table) {
        this.table = table;
        this.stored = new @Nullable Object[table.columns().size()];
    }

    public Table table() {
        return table;
    }

    public @Nullable Object get(int index) {
        Object value = stored[index];
        return value == null
                ? null
                : StoredValues.decode(table.columns().get(index).type(), value);
    }

    public @Nullable Object get(String column) {
        return get(table.indexOf(column));
    }

    /** The text of a required column. */
    public String text(String column) {
        return require(column, String.class);
    }

    /** The value of a required column. */
    public <T> T require(String column, Class<T> type) {
        Object value = get(column);
        if (value == null) {
            throw new IllegalStateException("Cannot read %s.%s: it is null".formatted(table.name(), column));
        }
        return type.cast(value);
    }

    /**
     * Sets the value at a position; null only where the column is nullable, else the writer refuses the row.
     *
     * @throws IllegalArgumentException if the value is of another class, or a decimal that its column would round
     */
    public Row set(int index, @Nullable Object value) {
        Column column = table.columns().get(index);
        Class<?> expected = column.type().kind().javaType();
        if (value != null && !expected.isInstance(value)) {
            throw new IllegalArgumentException("Cannot set %s.%s to %s (expected %s)"
                    .formatted(
                            table.name(), column.name(), value.getClass().getSimpleName(), expected.getSimpleName()));
        }
        stored[index] = value == null ? null : StoredValues.encode(column, value);
        return this;
    }

    /** Sets the value of a column as {@link #set(int, Object)} does. */
    public Row set(String column, @Nullable Object value) {
        return set(table.indexOf(column), value);
    }

    /** Sets a value to that of another row, which has a column of the same name and type. */
    public Row copy(String column, Row other) {
        return copy(table.indexOf(column), other, other.table.indexOf(column));
    }

    /** Sets the value at a position to that at a position of another row, where the type is the same. */
    public Row copy(int index, Row other, int from) {
        stored[index] = other.stored[from];
        return this;
    }

    /** Sets every column that another row has too, of the same type, to its value; most are at the same place in both. */
    public Row copyShared(Row other) {
        for (int i = 0; i < other.stored.length; i++) {
            String name = other.table.columns().get(i).name();
            boolean isHere = i < stored.length && table.columns().get(i).name().equals(name);
            int index = isHere ? i : table.position(name);
            if (index >= 0) {
                copy(index, other, i);
            }
        }
        return this;
    }

    /** Whether a value equals that of another row of the table, or both are null. */
    public boolean hasSame(int index, Row other) {
        return Objects.equals(stored[index], other.stored[index]);
    }

    /** The value at a position as files store it, or null: equal values are equal, and nothing is made to compare them. */
    public @Nullable Object stored(int index) {
        return stored[index];
    }

    /** Sets a value that is as files store it; for code that has it in that form, for nothing is checked. */
    public Row store(int index, Object value) {
        stored[index] = value;
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row that && table.equals(that.table) && Arrays.equals(stored, that.stored);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(stored);
    }

    @Override
    public String toString() {
        List<String> values = IntStream.range(0, stored.length)
                .mapToObj(i -> String.valueOf(get(i)))
                .toList();
        return table.name() + values;
    }
}
