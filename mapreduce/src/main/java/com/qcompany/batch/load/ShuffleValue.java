package com.qcompany.batch.load;

import com.qcompany.warehouse.PackedInput;
import com.qcompany.warehouse.PackedOutput;
import com.qcompany.warehouse.Row;
import com.qcompany.warehouse.StarSchema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.io.Writable;
import org.jspecify.annotations.Nullable;

/**
 * A row in the shuffle, or a block of sales. Reused by the framework: take the row or the block, do not keep the value.
 */
final class ShuffleValue implements Writable {

    private static final int SALES = LoadTables.ordinal(StarSchema.SALES_TRANSACTIONS_FACT);

    private final PackedOutput packed = new PackedOutput();
    private @Nullable Row row;
    private @Nullable SaleBlock block;
    private @Nullable PackedInput sales;

    /** Sets a row of any table but the sales', reusing this object. */
    ShuffleValue set(Row newRow) {
        row = newRow;
        block = null;
        sales = null;
        return this;
    }

    /** Sets some sales of a date, reusing this object. */
    ShuffleValue set(SaleBlock newBlock) {
        row = null;
        block = newBlock;
        sales = null;
        return this;
    }

    /** The row; a new object for every value read. */
    Row row() {
        return Objects.requireNonNull(row, "a row is set or read before it is used");
    }

    /** The sales, in their order, as {@link Sale#read} takes them; a new object for every value read. */
    PackedInput sales() {
        return Objects.requireNonNull(sales, "sales are read before they are used")
                .rest();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        packed.clear();
        if (block != null) {
            packed.writeByte(SALES);
            block.writeTo(packed);
        } else if (sales != null) {
            packed.writeByte(SALES);
            packed.write(sales);
        } else {
            int table = LoadTables.ordinal(row().table());
            packed.writeByte(table);
            LoadTables.codec(table).write(row(), packed);
        }
        packed.writeTo(out);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        PackedInput read = PackedInput.read(in);
        int table = read.readByte();
        boolean isBlock = table == SALES;
        row = isBlock ? null : LoadTables.codec(table).read(read);
        block = null;
        sales = isBlock ? read : null;
    }
}
