package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.Table;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.io.WritableUtils;
import org.apache.parquet.io.api.Binary;

/**
 * Binary form of a table's rows, for the shuffle: a presence bit a column, then the present values. Not for storage: both
 * ends run the same build.
 */
public final class RowCodec {

    private RowCodec() {}

    /** Appends a row, of at most 63 columns. */
    public static void write(Row row, DataOutput out) throws IOException {
        int columns = row.table().columns().size();
        long present = 0;
        for (int i = 0; i < columns; i++) {
            present |= row.stored(i) == null ? 0 : 1L << i;
        }
        WritableUtils.writeVLong(out, present);
        for (int i = 0; i < columns; i++) {
            Object stored = row.stored(i);
            if (stored != null) {
                write(out, stored);
            }
        }
    }

    /** Takes a row of a table. */
    public static Row read(Table table, DataInput in) throws IOException {
        Row row = new Row(table);
        long present = WritableUtils.readVLong(in);
        for (int i = 0; i < table.columns().size(); i++) {
            if ((present & 1L << i) != 0) {
                row.store(i, read(in, table.columns().get(i).type()));
            }
        }
        return row;
    }

    private static void write(DataOutput out, Object stored) throws IOException {
        if (stored instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (stored instanceof Number number) {
            WritableUtils.writeVLong(out, number.longValue());
        } else if (stored instanceof Binary binary) {
            byte[] bytes = binary.getBytesUnsafe();
            WritableUtils.writeVInt(out, bytes.length);
            out.write(bytes);
        } else if (stored instanceof List<?> texts) {
            WritableUtils.writeStringArray(out, texts.toArray(String[]::new));
        } else {
            Stream<?> texts = ((Map<?, ?>) stored)
                    .entrySet().stream().flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()));
            WritableUtils.writeStringArray(out, texts.toArray(String[]::new));
        }
    }

    private static Object read(DataInput in, ColumnType type) throws IOException {
        return switch (type.kind()) {
            case INT, DATE -> WritableUtils.readVInt(in);
            case BIGINT, TIMESTAMP -> WritableUtils.readVLong(in);
            case DECIMAL -> type.isWide() ? readBinary(in) : (Object) WritableUtils.readVLong(in);
            case BOOLEAN -> in.readBoolean();
            case TEXT -> readBinary(in);
            case TEXT_LIST -> List.of(WritableUtils.readStringArray(in));
            case TEXT_MAP -> {
                String[] texts = WritableUtils.readStringArray(in);
                Map<String, String> map = new LinkedHashMap<>();
                for (int i = 0; i < texts.length; i += 2) {
                    map.put(texts[i], texts[i + 1]);
                }
                yield map;
            }
        };
    }

    private static Binary readBinary(DataInput in) throws IOException {
        byte[] bytes = new byte[WritableUtils.readVInt(in)];
        in.readFully(bytes);
        return Binary.fromConstantByteArray(bytes);
    }
}
