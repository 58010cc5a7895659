package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.PackedInput;
import com.qcompany.warehouse.parquet.PackedOutput;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.parquet.RowCodec;
import com.qcompany.warehouse.schema.Table;
import java.util.Objects;

/** How a table's rows are packed in blocks: file, offset, the digest where the table has one, and the columns. */
final class BlockFormat {

    private final RowCodec codec;
    private final int key;
    private final boolean digested;

    /**
     * @param key column by which its rows are ordered: a text or a whole number
     * @param digested whether its rows have digests
     */
    BlockFormat(Table table, String key, boolean digested) {
        this.codec = new RowCodec(table);
        this.key = table.indexOf(key);
        this.digested = digested;
    }

    /** Appends a row. */
    void write(PlacedRow placed, PackedOutput out) {
        out.writeNumber(placed.place().file());
        out.writeNumber(placed.place().offset());
        if (digested) {
            out.writeLong(placed.digest());
        }
        codec.write(placed.row(), out);
    }

    /** The next row that {@link #write} appended. */
    PlacedRow read(PackedInput in) {
        int file = (int) in.readNumber();
        long offset = in.readNumber();
        long digest = digested ? in.readLong() : 0;
        Row row = codec.read(in);
        return new PlacedRow(RowPlace.of(Objects.requireNonNull(row.get(key)), file, offset), digest, row);
    }
}
