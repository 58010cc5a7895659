package com.qcompany.batch.load;

import com.qcompany.warehouse.PackedOutput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Some rows of one group, packed as they come and written in their order. Not thread-safe. */
final class RowBlock {

    private static final int FEW_ROWS = 32;

    private final BlockFormat format;
    private final PackedOutput packed = new PackedOutput();
    private final List<Packed> rows = new ArrayList<>(FEW_ROWS);

    /** Where a row comes, and where in the bytes it lies. */
    private record Packed(RowPlace place, int start, int end) {}

    RowBlock(BlockFormat format) {
        this.format = format;
    }

    void add(PlacedRow row) {
        int start = packed.length();
        format.write(row, packed);
        rows.add(new Packed(row.place(), start, packed.length()));
    }

    /** Bytes of its rows. */
    int bytes() {
        return packed.length();
    }

    /** Appends its rows in their order. */
    void writeTo(PackedOutput out) {
        rows.sort(Comparator.comparing(Packed::place));
        for (Packed row : rows) {
            out.write(packed, row.start, row.end);
        }
    }
}
