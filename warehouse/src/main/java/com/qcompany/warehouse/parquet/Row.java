package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of a {@link Table}: a value a stored column, in the table's order, of the classes {@link ColumnType.Kind}
 * names. Mutable and not thread-safe, so that a reader can be asked for millions of them.
 *
 * <p>A value that was read stays as files store it until it is asked for, and one that is only written again never is.
 */
public final class Row {

    private final Table table;
    private final @Nullable Object[] values;

    public Row(Table table) {
        this.table = table;
        this.values = new @Nullable Object[table.columns().size()];
    }

    /** The table it is a row of. */
    public Table table() {
        return table;
    }

    /** The value at a position, or null. */
    public @Nullable Object get(int index) {
        Object value = values[index];
        return value == null
                ? null
                : StoredValues.decode(table.columns().get(index).type(), value);
    }

    /** The value of a column, or null. */
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

    /** Sets the value at a position; null only where the column is nullable, else the writer refuses the row. */
    public Row set(int index, @Nullable Object value) {
        Class<?> expected = table.columns().get(index).type().kind().javaType();
        if (value != null && !expected.isInstance(value)) {
            throw new IllegalArgumentException("Cannot set %s.%s to %s (expected %s)"
                    .formatted(
                            table.name(),
                            table.columns().get(index).name(),
                            value.getClass().getSimpleName(),
                            expected.getSimpleName()));
        }
        values[index] = value;
        return this;
    }

    /** Whether a value equals that of another row of the table, or both are null. */
    public boolean hasSame(int index, Row other) {
        return Objects.equals(values[index], other.values[index]) || Objects.equals(get(index), other.get(index));
    }

    /** The value at a position as it was set or read, or null. */
    @Nullable
    Object held(int index) {
        return values[index];
    }

    /** The value at a position as files store it, or null. */
    @Nullable
    Object stored(int index) {
        Object value = values[index];
        return value == null ? null : StoredValues.encode(table.columns().get(index), value);
    }

    /** Turns all values into what files store, once for all the rows they are then {@link #copy copied} to. */
    public Row encode() {
        for (int i = 0; i < values.length; i++) {
            values[i] = stored(i);
        }
        return this;
    }

    /** Sets a value to that of another row, whose column at that position has the same type. */
    public Row copy(int index, Row other, int otherIndex) {
        values[index] = other.values[otherIndex];
        return this;
    }

    /** Sets a value that is known to be of the column's class or as files store it, as codecs do for every row. */
    void put(int index, @Nullable Object value) {
        values[index] = value;
    }

    /** Sets the value of a column; null only where the column is nullable, else the writer refuses the row. */
    public Row set(String column, @Nullable Object value) {
        return set(table.indexOf(column), value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row that
                && table.equals(that.table)
                && decoded().equals(that.decoded());
    }

    @Override
    public int hashCode() {
        return decoded().hashCode();
    }

    @Override
    public String toString() {
        return table.name() + decoded();
    }

    private List<@Nullable Object> decoded() {
        List<@Nullable Object> decoded = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            decoded.add(get(i));
        }
        return decoded;
    }
}
