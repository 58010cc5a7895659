package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import com.qcompany.warehouse.schema.Table;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes rows in their table's Parquet schema; refuses a null in a required column. */
final class RowWriteSupport extends WriteSupport<Row> {

    /** What files name as the model of their rows. */
    static final String NAME = "row";

    private final Table table;
    private final Column[] columns;
    private final Kind[] kinds;
    private @Nullable RecordConsumer consumer;

    RowWriteSupport(Table table) {
        this.table = table;
        this.columns = table.columns().toArray(Column[]::new);
        this.kinds = table.kinds();
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public WriteContext init(Configuration conf) {
        return new WriteContext(table.messageType(), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(Row row) {
        RecordConsumer out = Objects.requireNonNull(consumer, "prepareForWrite comes first");
        out.startMessage();
        for (int i = 0; i < columns.length; i++) {
            Object value = row.held(i);
            if (value != null) {
                out.startField(columns[i].name(), i);
                writeValue(out, kinds[i], StoredValues.encode(columns[i], value));
                out.endField(columns[i].name(), i);
            } else if (!columns[i].nullable()) {
                throw new IllegalArgumentException("Cannot write %s.%s: null (the column is required): %s"
                        .formatted(table.name(), columns[i].name(), row));
            }
        }
        out.endMessage();
    }

    private static void writeValue(RecordConsumer out, Kind kind, Object stored) {
        switch (kind) {
            case INT, DATE -> out.addInteger((Integer) stored);
            case BIGINT, DECIMAL, TIMESTAMP -> out.addLong((Long) stored);
            case BOOLEAN -> out.addBoolean((Boolean) stored);
            case TEXT -> out.addBinary((Binary) stored);
            case TEXT_LIST -> writeList(out, (List<?>) stored);
            case TEXT_MAP -> writeMap(out, (Map<?, ?>) stored);
        }
    }

    private static void writeList(RecordConsumer out, List<?> values) {
        out.startGroup();
        if (!values.isEmpty()) {
            out.startField("list", 0);
            for (Object value : values) {
                out.startGroup();
                writeText(out, "element", 0, (Binary) value);
                out.endGroup();
            }
            out.endField("list", 0);
        }
        out.endGroup();
    }

    private static void writeMap(RecordConsumer out, Map<?, ?> values) {
        out.startGroup();
        if (!values.isEmpty()) {
            out.startField("key_value", 0);
            for (Map.Entry<?, ?> entry : values.entrySet()) {
                out.startGroup();
                writeText(out, "key", 0, StoredValues.utf8((String) entry.getKey()));
                if (entry.getValue() != null) {
                    writeText(out, "value", 1, StoredValues.utf8((String) entry.getValue()));
                }
                out.endGroup();
            }
            out.endField("key_value", 0);
        }
        out.endGroup();
    }

    private static void writeText(RecordConsumer out, String field, int index, Binary text) {
        out.startField(field, index);
        out.addBinary(text);
        out.endField(field, index);
    }
}
