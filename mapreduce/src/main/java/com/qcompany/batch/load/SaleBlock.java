package com.qcompany.batch.load;

import com.qcompany.warehouse.PackedOutput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Some sales of one date, packed as they come and written in their order. Not thread-safe. */
final class SaleBlock {

    private final PackedOutput packed = new PackedOutput();
    private final List<Packed> sales = new ArrayList<>();

    /** Where a sale comes, and where in the bytes it lies. */
    private record Packed(SalePlace place, int start, int end) {}

    void add(Sale sale) {
        int start = packed.length();
        sale.writeTo(packed);
        sales.add(new Packed(sale.place(), start, packed.length()));
    }

    /** Bytes of its sales. */
    int bytes() {
        return packed.length();
    }

    /** Appends its sales in their order. */
    void writeTo(PackedOutput out) {
        sales.sort(Comparator.comparing(Packed::place));
        for (Packed sale : sales) {
            out.write(packed, sale.start, sale.end);
        }
    }
}
