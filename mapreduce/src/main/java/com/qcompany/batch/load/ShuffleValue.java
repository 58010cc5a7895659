package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.PackedInput;
import com.qcompany.warehouse.parquet.PackedOutput;
import com.qcompany.warehouse.parquet.Row;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.io.Writable;
import org.jspecify.annotations.Nullable;

/**
 * A row in the shuffle, or a block of them. Reused by the framework: take the row or the block, do not keep the value.
 */
final class ShuffleValue implements Writable {

    private final PackedOutput packed = new PackedOutput();
    private @Nullable Row row;
    private @Nullable RowBlock block;
    private @Nullable PackedInput rows;
    private int table;

    /** Sets a row of a table whose rows travel one by one, reusing this object. */
    ShuffleValue set(Row newRow) {
        table = LoadTables.ordinal(newRow.table());
        row = newRow;
        block = null;
        rows = null;
        return this;
    }

    /** Sets some rows of a group, reusing this object. */
    ShuffleValue set(int newTable, RowBlock newBlock) {
        table = newTable;
        row = null;
        block = newBlock;
        rows = null;
        return this;
    }

    /** The row; a new object for every value read. */
    Row row() {
        return Objects.requireNonNull(row, "a row is set or read before it is used");
    }

    /** The rows of a block, in their order, as {@link BlockFormat#read} takes them; a new object for every value read. */
    PackedInput rows() {
        return Objects.requireNonNull(rows, "rows are read before they are used")
                .rest();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        packed.clear();
        packed.writeByte(table);
        if (block != null) {
            block.writeTo(packed);
        } else if (rows != null) {
            packed.write(rows);
        } else {
            LoadTables.codec(table).write(row(), packed);
        }
        packed.writeTo(out);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        PackedInput read = PackedInput.read(in);
        table = read.readByte();
        boolean isBlock = LoadTables.inBlocks(table);
        row = isBlock ? null : LoadTables.codec(table).read(read);
        block = null;
        rows = isBlock ? read : null;
    }
}
