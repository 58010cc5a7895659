package com.qcompany.batch.feed;

import com.qcompany.warehouse.contract.KeyException;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.codec.digest.MurmurHash3;
import org.jspecify.annotations.Nullable;

/** Makes rows of one table from the values of accepted records. */
public final class OutputMapping {

    private static final int SUPPLIED = -1;

    /** What fills the column of an index: the field of an index, whose date becomes a text where the column is one. */
    private record Source(String column, int index, int field, boolean dateAsText) {}

    private final Table table;
    private final String keyColumn;
    private final int keyField;
    private final List<Source> sources;
    private final int[] fields;

    OutputMapping(FeedFields fields, Contract.Output output) {
        this.table = StarSchema.table(output.table());
        this.keyColumn = keyColumn(table);
        output.supplied().forEach(table::column);
        output.renamed().keySet().forEach(table::column);
        this.sources = table.columns().stream()
                .filter(column -> !output.supplied().contains(column.name()) && !isFilledByLoad(column.name()))
                .map(column -> source(fields, output, column))
                .sorted(Comparator.comparing(Source::column))
                .toList();
        this.fields = new int[table.columns().size()];
        Arrays.fill(this.fields, SUPPLIED);
        sources.forEach(source -> this.fields[source.index] = source.field);
        this.keyField = fieldOf(keyColumn);
        if (keyField == SUPPLIED || fields.all().get(keyField).nullable()) {
            throw new IllegalArgumentException("Cannot fill table %s without its key %s (expected a required column)"
                    .formatted(table.name(), keyColumn));
        }
    }

    /** The table. */
    public Table table() {
        return table;
    }

    /** Whether it fills the fact. */
    public boolean isOfSales() {
        return table.equals(StarSchema.SALES_TRANSACTIONS_FACT);
    }

    /** Name of the column by which rows belong together. */
    public String keyColumn() {
        return keyColumn;
    }

    /** Index in a record's values of what fills a column, or -1 where the load supplies it. */
    public int fieldOf(String column) {
        return fields[table.indexOf(column)];
    }

    /** The key of a record. */
    public Object key(@Nullable Object[] values) {
        return Objects.requireNonNull(values[keyField]);
    }

    /** A new row from a row of the feed's fields; the supplied columns are left null. */
    public Row row(Row record) {
        Row row = new Row(table);
        for (Source source : sources) {
            if (source.dateAsText) {
                row.set(source.index, Objects.toString(record.get(source.field), null));
            } else {
                row.copy(source.index, record, source.field);
            }
        }
        return row;
    }

    /** The digest of a row without further values. */
    public long digest(Row row) {
        return digest(row, Map.of());
    }

    /**
     * 64 bits that tell rows of equal mapped columns and further values from others, whatever the supplied columns are; the
     * same in every run, and unchanged by columns that are added later and are null: the first half of MurmurHash3 x64 128
     * of the columns by name, then of the further values in their order, each as {@code name=length:value}.
     */
    long digest(Row row, Map<String, String> further) {
        StringBuilder text = new StringBuilder();
        for (Source source : sources) {
            Object value = row.get(source.index);
            if (value != null) {
                append(text, source.column, text(value));
            }
        }
        further.forEach((name, value) -> append(text, name, value));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return MurmurHash3.hash128x64(bytes, 0, bytes.length, 0)[0];
    }

    /** A value as it is digested: numbers of the same size are alike. */
    static String text(Object value) {
        return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : value.toString();
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(name).append('=').append(value.length()).append(':').append(value);
    }

    private Source source(FeedFields fields, Contract.Output output, Column column) {
        String target = table.name() + "." + column.name();
        String name = output.renamed().getOrDefault(column.name(), column.name());
        if (!fields.has(name)) {
            throw new IllegalArgumentException(
                    "Cannot use outputs: nothing fills %s (expected a column %s, renamed or supplied)"
                            .formatted(target, name));
        }
        int index = fields.indexOf(name);
        Column field = fields.all().get(index);
        return KeyException.naming("properties", name, () -> {
            requireFit(field, target, column);
            boolean dateAsText = !field.type().equals(column.type());
            return new Source(column.name(), table.indexOf(column.name()), index, dateAsText);
        });
    }

    private static void requireFit(Column field, String target, Column column) {
        String name = field.name();
        boolean isDateAsText = field.type().kind() == Kind.DATE && column.type().kind() == Kind.TEXT;
        if (!field.type().equals(column.type()) && !isDateAsText) {
            throw new IllegalArgumentException("Cannot put %s of type %s into %s (expected %s)"
                    .formatted(
                            name, field.type().hiveName(), target, column.type().hiveName()));
        }
        if (!column.nullable() && field.nullable()) {
            throw new IllegalArgumentException(
                    "Cannot put %s, which may be absent, into %s (expected a required column)".formatted(name, target));
        }
    }

    private static String keyColumn(Table table) {
        Optional<String> key = StarSchema.dimension(table.name()).map(Dimension::key);
        if (key.isEmpty() && table.primaryKey().size() != 1) {
            throw new IllegalArgumentException("Cannot fill table %s with the key %s (expected one column)"
                    .formatted(table.name(), table.primaryKey()));
        }
        return key.orElseGet(() -> table.primaryKey().get(0));
    }

    private boolean isFilledByLoad(String column) {
        return StarSchema.dimension(table.name())
                .filter(dimension -> !dimension.isFilledByFeed(column))
                .isPresent();
    }
}
