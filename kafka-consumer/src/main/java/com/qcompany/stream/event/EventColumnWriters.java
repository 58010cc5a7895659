package com.qcompany.stream.event;

import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;

/**
 * Shreds rows into the columns of one row group. Writes to the column writers directly, without the record consumer
 * that finds out the levels for schemas it does not know.
 */
final class EventColumnWriters {

    private static final EventField[] FIELDS = EventField.values();
    private static final int NULL = 0;
    private static final int PRESENT = 1;
    private static final int ENTRY = 2;
    private static final int ENTRY_VALUE = 3;
    private static final int FIRST = 0;
    private static final int NEXT = 1;

    private final ColumnWriteStore store;
    private final ColumnWriter[] fields;
    private final ColumnWriter extraNames;
    private final ColumnWriter extraValues;
    private final ColumnWriter topic;
    private final ColumnWriter partition;
    private final ColumnWriter offset;
    private final ColumnWriter ingestedAt;

    EventColumnWriters(ColumnWriteStore store) {
        this.store = store;
        List<ColumnDescriptor> leaves = EventEncoding.SCHEMA.getColumns();
        this.fields = Arrays.stream(FIELDS)
                .map(field -> store.getColumnWriter(leaves.get(field.ordinal())))
                .toArray(ColumnWriter[]::new);
        this.extraNames = writer("extras", "key_value", "key");
        this.extraValues = writer("extras", "key_value", "value");
        this.topic = writer("kafka_topic");
        this.partition = writer("kafka_partition");
        this.offset = writer("kafka_offset");
        this.ingestedAt = writer("ingested_at");
    }

    /** Writes a row. */
    void write(EventRow row) {
        for (EventField field : FIELDS) {
            writeField(field, fields[field.ordinal()], row);
        }
        writeExtras(row.extras());
        topic.write(row.topic(), FIRST, NULL);
        partition.write(row.partition(), FIRST, NULL);
        offset.write(row.offset(), FIRST, NULL);
        ingestedAt.write(row.ingestedAt(), FIRST, NULL);
        store.endRecord();
    }

    private static void writeField(EventField field, ColumnWriter writer, EventRow row) {
        switch (field) {
            case TIMESTAMP, TOTAL_AMOUNT -> {
                if (row.has(field)) {
                    writer.write(row.number(field), FIRST, PRESENT);
                } else {
                    writer.writeNull(FIRST, NULL);
                }
            }
            case QUANTITY -> {
                if (row.has(field)) {
                    writer.write((int) row.number(field), FIRST, PRESENT);
                } else {
                    writer.writeNull(FIRST, NULL);
                }
            }
            case EVENT_TYPE,
                    CUSTOMER_ID,
                    PRODUCT_ID,
                    CATEGORY,
                    SOURCE,
                    PAYMENT_METHOD,
                    RECOMMENDED_PRODUCT_ID,
                    ALGORITHM -> {
                Utf8Slice text = row.text(field);
                if (text.isNull()) {
                    writer.writeNull(FIRST, NULL);
                } else {
                    writer.write(text.toBinary(), FIRST, PRESENT);
                }
            }
        }
    }

    private void writeExtras(Extras extras) {
        if (extras.size() == 0) {
            extraNames.writeNull(FIRST, NULL);
            extraValues.writeNull(FIRST, NULL);
        }
        for (int i = 0; i < extras.size(); i++) {
            int repetition = i == 0 ? FIRST : NEXT;
            extraNames.write(extras.name(i).toBinary(), repetition, ENTRY);
            Utf8Slice value = extras.value(i);
            if (value.isNull()) {
                extraValues.writeNull(repetition, ENTRY);
            } else {
                extraValues.write(value.toBinary(), repetition, ENTRY_VALUE);
            }
        }
    }

    private ColumnWriter writer(String... path) {
        return store.getColumnWriter(EventEncoding.SCHEMA.getColumnDescription(path));
    }
}
