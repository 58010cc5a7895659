package com.qcompany.batch.load;

import com.qcompany.warehouse.PackedOutput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Some sales of one date, packed as they come and written in their order. Not thread-safe. */
final class SaleBlock {

    private static final Comparator<Place> ORDER =
            (a, b) -> Sale.compare(a.id, a.file, a.offset, b.id, b.file, b.offset);

    private final PackedOutput packed = new PackedOutput();
    private final List<Place> places = new ArrayList<>();

    /** What a sale is ordered by, and where in the bytes it lies. */
    private record Place(String id, int file, long offset, int start, int end) {}

    void add(Sale sale) {
        int start = packed.length();
        sale.writeTo(packed);
        places.add(new Place(sale.id(), sale.file(), sale.offset(), start, packed.length()));
    }

    /** Bytes of its sales. */
    int bytes() {
        return packed.length();
    }

    /** Appends its sales in their order. */
    void writeTo(PackedOutput out) {
        places.sort(ORDER);
        for (Place place : places) {
            out.write(packed, place.start, place.end);
        }
    }
}
