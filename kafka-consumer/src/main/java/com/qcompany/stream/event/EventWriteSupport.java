package com.qcompany.stream.event;

import com.qcompany.warehouse.schema.StarSchema;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes rows of table {@code kafka} in its Parquet schema. */
final class EventWriteSupport extends WriteSupport<EventRow> {

    private static final String[] COLUMNS =
            StarSchema.KAFKA.columns().stream().map(column -> column.name()).toArray(String[]::new);
    private static final String ENTRIES = "key_value";

    private @Nullable RecordConsumer consumer;

    @Override
    public WriteContext init(Configuration conf) {
        return new WriteContext(StarSchema.KAFKA.messageType(), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(EventRow row) {
        RecordConsumer out = Objects.requireNonNull(consumer, "prepareForWrite comes first");
        out.startMessage();
        for (int i = 0; i < COLUMNS.length; i++) {
            Object value = row.stored(i);
            if (value != null) {
                out.startField(COLUMNS[i], i);
                if (value instanceof Binary text) {
                    out.addBinary(text);
                } else if (value instanceof Long number) {
                    out.addLong(number);
                } else if (value instanceof Integer number) {
                    out.addInteger(number);
                } else {
                    writeExtras(out, row.extras());
                }
                out.endField(COLUMNS[i], i);
            }
        }
        out.endMessage();
    }

    private static void writeExtras(RecordConsumer out, Map<String, @Nullable Binary> extras) {
        out.startGroup();
        out.startField(ENTRIES, 0);
        extras.forEach((name, value) -> {
            out.startGroup();
            writeText(out, "key", 0, Binary.fromString(name));
            if (value != null) {
                writeText(out, "value", 1, value);
            }
            out.endGroup();
        });
        out.endField(ENTRIES, 0);
        out.endGroup();
    }

    private static void writeText(RecordConsumer out, String field, int index, Binary text) {
        out.startField(field, index);
        out.addBinary(text);
        out.endField(field, index);
    }
}
