package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import com.qcompany.warehouse.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Binary;

/**
 * Compact binary form of a table's rows, for the shuffle: a presence bit a column, then the present values as files store
 * them. Not for storage: both ends run the same build. Rows read back convert a value when it is asked for, so that what
 * only passes through is never decoded.
 */
public final class RowCodec {

    private final Table table;
    private final Column[] columns;
    private final Kind[] kinds;

    /** @param table the table whose rows it codes */
    public RowCodec(Table table) {
        this.table = table;
        this.columns = table.columns().toArray(Column[]::new);
        this.kinds = table.kinds();
    }

    /** The table whose rows it codes. */
    public Table table() {
        return table;
    }

    /** Appends a row. */
    public void write(Row row, PackedOutput out) {
        long present = 0;
        for (int i = 0; i < kinds.length; i++) {
            present |= row.held(i) == null ? 0 : 1L << i;
        }
        out.writeNumber(present);
        for (int i = 0; i < kinds.length; i++) {
            Object held = row.held(i);
            if (held instanceof String text) {
                out.writeText(text);
            } else if (held != null) {
                writeStored(out, kinds[i], StoredValues.encode(columns[i], held));
            }
        }
    }

    /** Takes a row. */
    public Row read(PackedInput in) {
        Row row = new Row(table);
        long present = in.readNumber();
        for (int i = 0; i < kinds.length; i++) {
            if ((present & 1L << i) != 0) {
                row.put(i, readValue(in, kinds[i]));
            }
        }
        return row;
    }

    private static void writeStored(PackedOutput out, Kind kind, Object stored) {
        switch (kind) {
            case INT, DATE -> out.writeNumber((Integer) stored);
            case BIGINT -> out.writeLong((Long) stored);
            case DECIMAL, TIMESTAMP -> out.writeNumber((Long) stored);
            case BOOLEAN -> out.writeByte((Boolean) stored ? 1 : 0);
            case TEXT -> out.writeText(((Binary) stored).toByteBuffer());
            case TEXT_LIST -> writeList(out, (List<?>) stored);
            case TEXT_MAP -> writeMap(out, (Map<?, ?>) stored);
        }
    }

    private static Object readValue(PackedInput in, Kind kind) {
        return switch (kind) {
            case INT, DATE -> (int) in.readNumber();
            case BIGINT -> in.readLong();
            case DECIMAL, TIMESTAMP -> in.readNumber();
            case BOOLEAN -> in.readByte() != 0;
            case TEXT -> in.readBinary();
            case TEXT_LIST -> readList(in);
            case TEXT_MAP -> readMap(in);
        };
    }

    private static void writeList(PackedOutput out, List<?> values) {
        out.writeNumber(values.size());
        values.forEach(value -> out.writeText(((Binary) value).toByteBuffer()));
    }

    private static List<Binary> readList(PackedInput in) {
        int size = (int) in.readNumber();
        List<Binary> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(in.readBinary());
        }
        return List.copyOf(values);
    }

    private static void writeMap(PackedOutput out, Map<?, ?> values) {
        out.writeNumber(values.size());
        values.forEach((key, value) -> {
            out.writeText((String) key);
            out.writeText((String) value);
        });
    }

    private static Map<String, String> readMap(PackedInput in) {
        int size = (int) in.readNumber();
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String key = in.readText();
            values.put(key, in.readText());
        }
        return values;
    }
}
