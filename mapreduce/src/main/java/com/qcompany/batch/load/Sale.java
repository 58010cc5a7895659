package com.qcompany.batch.load;

import com.qcompany.warehouse.PackedInput;
import com.qcompany.warehouse.PackedOutput;
import com.qcompany.warehouse.Row;
import com.qcompany.warehouse.RowCodec;
import com.qcompany.warehouse.StarSchema;
import com.qcompany.warehouse.Utf8Order;
import java.util.Objects;

/**
 * A sale on its way through the shuffle. Sales of a date are ordered by id, as in published files, then by the place
 * they come from.
 *
 * @param id its transaction_id
 * @param file index of its file in the plan
 * @param offset where its line begins in the file, in bytes
 * @param digest digest of its values
 * @param row its row
 */
record Sale(String id, int file, long offset, long digest, Row row) implements Comparable<Sale> {

    private static final RowCodec CODEC = new RowCodec(StarSchema.SALES_TRANSACTIONS_FACT);
    private static final int ID = StarSchema.SALES_TRANSACTIONS_FACT.indexOf("transaction_id");

    /** The next sale that {@link #writeTo} wrote. */
    static Sale read(PackedInput in) {
        int file = (int) in.readNumber();
        long offset = in.readNumber();
        long digest = in.readLong();
        Row row = CODEC.read(in);
        return new Sale((String) Objects.requireNonNull(row.get(ID)), file, offset, digest, row);
    }

    void writeTo(PackedOutput out) {
        out.writeNumber(file);
        out.writeNumber(offset);
        out.writeLong(digest);
        CODEC.write(row, out);
    }

    @Override
    public int compareTo(Sale other) {
        return compare(id, file, offset, other.id, other.file, other.offset);
    }

    /** The order of two sales of a date. */
    static int compare(String id, int file, long offset, String otherId, int otherFile, long otherOffset) {
        int byId = Utf8Order.compare(id, otherId);
        if (byId != 0) {
            return byId;
        }
        int byFile = Integer.compare(file, otherFile);
        return byFile != 0 ? byFile : Long.compare(offset, otherOffset);
    }
}
