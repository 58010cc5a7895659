package com.qcompany.warehouse;

import org.jspecify.annotations.Nullable;

/**
 * One row of a {@link Table}: a value a stored column, in the table's order, of the classes {@link ColumnType.Kind}
 * names. Mutable and not thread-safe, so that a reader can be asked for millions of them.
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
        return values[index];
    }

    /** The value of a column, or null. */
    public @Nullable Object get(String column) {
        return values[table.indexOf(column)];
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

    /** Sets a value that is known to be of the column's class, as codecs do for every value of every row. */
    void put(int index, @Nullable Object value) {
        values[index] = value;
    }

    /** Sets the value of a column; null only where the column is nullable, else the writer refuses the row. */
    public Row set(String column, @Nullable Object value) {
        return set(table.indexOf(column), value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row that && table.equals(that.table) && java.util.Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return table.name() + java.util.Arrays.toString(values);
    }
}
