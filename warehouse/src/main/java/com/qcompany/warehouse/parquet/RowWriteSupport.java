package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.Table;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes rows in their table's Parquet schema; refuses a null in a required column. */
final class RowWriteSupport extends WriteSupport<Row> {

    private final Table table;
    private final Supplier<Map<String, String>> footer;
    private @Nullable RecordConsumer consumer;

    /** @param footer asked for what a file's footer says beside its schema, after the last row */
    RowWriteSupport(Table table, Supplier<Map<String, String>> footer) {
        this.table = table;
        this.footer = footer;
    }

    /** What files name as the model of their rows. */
    @Override
    public String getName() {
        return "row";
    }

    @Override
    public WriteContext init(Configuration conf) {
        return new WriteContext(table.messageType(), Map.of());
    }

    @Override
    public FinalizedWriteContext finalizeWrite() {
        return new FinalizedWriteContext(footer.get());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(Row row) {
        RecordConsumer out = Objects.requireNonNull(consumer, "prepareForWrite comes first");
        out.startMessage();
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            Object stored = row.stored(i);
            if (stored != null) {
                out.startField(column.name(), i);
                write(out, stored);
                out.endField(column.name(), i);
            } else if (!column.nullable()) {
                throw new IllegalArgumentException("Cannot write %s.%s: null (the column is required): %s"
                        .formatted(table.name(), column.name(), row));
            }
        }
        out.endMessage();
    }

    private static void write(RecordConsumer out, Object stored) {
        if (stored instanceof Integer number) {
            out.addInteger(number);
        } else if (stored instanceof Long number) {
            out.addLong(number);
        } else if (stored instanceof Boolean flag) {
            out.addBoolean(flag);
        } else if (stored instanceof Binary bytes) {
            out.addBinary(bytes);
        } else if (stored instanceof List<?> texts) {
            writeGroups(out, "list", texts, text -> writeText(out, "element", 0, text));
        } else {
            writeGroups(out, "key_value", ((Map<?, ?>) stored).entrySet(), entry -> {
                writeText(out, "key", 0, entry.getKey());
                writeText(out, "value", 1, entry.getValue());
            });
        }
    }

    private static <E> void writeGroups(
            RecordConsumer out, String name, Collection<E> entries, Consumer<E> writeFields) {
        out.startGroup();
        if (!entries.isEmpty()) {
            out.startField(name, 0);
            for (E entry : entries) {
                out.startGroup();
                writeFields.accept(entry);
                out.endGroup();
            }
            out.endField(name, 0);
        }
        out.endGroup();
    }

    private static void writeText(RecordConsumer out, String field, int index, @Nullable Object text) {
        if (text != null) {
            out.startField(field, index);
            out.addBinary(StoredValues.utf8((String) text));
            out.endField(field, index);
        }
    }
}
