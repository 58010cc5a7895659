package com.qcompany.warehouse;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.WritableUtils;

/**
 * Compact binary form of a table's rows, for the shuffle: a presence bit a column, then the present values. Not for
 * storage: both ends run the same build.
 *
 * @param table the table whose rows it codes
 */
public record RowCodec(Table table) {

    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

    /** Writes a row. */
    public void write(Row row, DataOutput out) throws IOException {
        List<Column> columns = table.columns();
        long present = 0;
        for (int i = 0; i < columns.size(); i++) {
            present |= row.get(i) == null ? 0 : 1L << i;
        }
        WritableUtils.writeVLong(out, present);
        for (int i = 0; i < columns.size(); i++) {
            Object value = row.get(i);
            if (value != null) {
                writeValue(out, columns.get(i), value);
            }
        }
    }

    /** Reads a row. */
    public Row read(DataInput in) throws IOException {
        Row row = new Row(table);
        long present = WritableUtils.readVLong(in);
        List<Column> columns = table.columns();
        for (int i = 0; i < columns.size(); i++) {
            if ((present & 1L << i) != 0) {
                row.put(i, readValue(in, columns.get(i).type()));
            }
        }
        return row;
    }

    private static void writeValue(DataOutput out, Column column, Object value) throws IOException {
        switch (column.type().kind()) {
            case INT -> WritableUtils.writeVInt(out, (Integer) value);
            case BIGINT -> out.writeLong((Long) value);
            case DECIMAL -> WritableUtils.writeVLong(out, RowWriteSupport.unscaled(column, (BigDecimal) value));
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case TEXT -> Text.writeString(out, (String) value);
            case DATE -> WritableUtils.writeVLong(out, ((LocalDate) value).toEpochDay());
            case TIMESTAMP -> WritableUtils.writeVLong(out, RowWriteSupport.micros((LocalDateTime) value));
            case TEXT_LIST -> writeList(out, (List<?>) value);
            case TEXT_MAP -> writeMap(out, (Map<?, ?>) value);
        }
    }

    private static Object readValue(DataInput in, ColumnType type) throws IOException {
        return switch (type.kind()) {
            case INT -> WritableUtils.readVInt(in);
            case BIGINT -> in.readLong();
            case DECIMAL -> BigDecimal.valueOf(WritableUtils.readVLong(in), type.scale());
            case BOOLEAN -> in.readBoolean();
            case TEXT -> Text.readString(in);
            case DATE -> LocalDate.ofEpochDay(WritableUtils.readVLong(in));
            case TIMESTAMP -> EPOCH.plus(WritableUtils.readVLong(in), ChronoUnit.MICROS);
            case TEXT_LIST -> readList(in);
            case TEXT_MAP -> readMap(in);
        };
    }

    private static void writeList(DataOutput out, List<?> values) throws IOException {
        WritableUtils.writeVInt(out, values.size());
        for (Object value : values) {
            Text.writeString(out, (String) value);
        }
    }

    private static List<String> readList(DataInput in) throws IOException {
        int size = WritableUtils.readVInt(in);
        List<String> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(Text.readString(in));
        }
        return List.copyOf(values);
    }

    private static void writeMap(DataOutput out, Map<?, ?> values) throws IOException {
        WritableUtils.writeVInt(out, values.size());
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            Text.writeString(out, (String) entry.getKey());
            Text.writeString(out, (String) entry.getValue());
        }
    }

    private static Map<String, String> readMap(DataInput in) throws IOException {
        int size = WritableUtils.readVInt(in);
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String key = Text.readString(in);
            values.put(key, Text.readString(in));
        }
        return values;
    }
}
