package com.qcompany.batch.load;

import com.qcompany.warehouse.PackedInput;
import com.qcompany.warehouse.PackedOutput;
import com.qcompany.warehouse.Row;
import com.qcompany.warehouse.RowCodec;
import com.qcompany.warehouse.StarSchema;
import java.util.Objects;

/**
 * A sale on its way through the shuffle.
 *
 * @param place where it comes among those of its date
 * @param digest digest of its values
 * @param row its row
 */
record Sale(SalePlace place, long digest, Row row) {

    private static final RowCodec CODEC = new RowCodec(StarSchema.SALES_TRANSACTIONS_FACT);
    private static final int ID = StarSchema.SALES_TRANSACTIONS_FACT.indexOf("transaction_id");

    /** The next sale that {@link #writeTo} wrote. */
    static Sale read(PackedInput in) {
        int file = (int) in.readNumber();
        long offset = in.readNumber();
        long digest = in.readLong();
        Row row = CODEC.read(in);
        String id = (String) Objects.requireNonNull(row.get(ID));
        return new Sale(SalePlace.of(id, file, offset), digest, row);
    }

    void writeTo(PackedOutput out) {
        out.writeNumber(place.file());
        out.writeNumber(place.offset());
        out.writeLong(digest);
        CODEC.write(row, out);
    }
}
