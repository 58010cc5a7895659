package com.qcompany.batch.load;

import com.qcompany.warehouse.PackedOutput;
import java.util.Arrays;

/**
 * Some rows of one group, packed as they come and written in their order. It keeps no object a row: thousands of them
 * would be copied by every collection of garbage, and sorted slowly, being far apart. Not thread-safe.
 */
final class RowBlock {

    private static final int FEW_ROWS = 32;

    private final BlockFormat format;
    private final PackedOutput packed = new PackedOutput();
    private long[] prefixes = new long[FEW_ROWS];
    private int[] starts = new int[FEW_ROWS];
    private int rows;

    /** A row's {@link RowPlace#prefix}, which nearly always decides, and where in the bytes it lies. */
    private record Packed(long prefix, int start, int end) {}

    RowBlock(BlockFormat format) {
        this.format = format;
    }

    void add(PlacedRow row) {
        if (rows == starts.length) {
            prefixes = Arrays.copyOf(prefixes, 2 * rows);
            starts = Arrays.copyOf(starts, 2 * rows);
        }
        prefixes[rows] = row.place().prefix();
        starts[rows] = packed.length();
        rows++;
        format.write(row, packed);
    }

    /** Bytes of its rows. */
    int bytes() {
        return packed.length();
    }

    /** Appends its rows in their order. */
    void writeTo(PackedOutput out) {
        Packed[] order = new Packed[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = new Packed(prefixes[i], starts[i], i + 1 < rows ? starts[i + 1] : packed.length());
        }
        Arrays.sort(order, this::compare);
        for (Packed row : order) {
            out.write(packed, row.start, row.end);
        }
    }

    private int compare(Packed one, Packed other) {
        return one.prefix != other.prefix
                ? Long.compareUnsigned(one.prefix, other.prefix)
                : place(one).compareTo(place(other));
    }

    private RowPlace place(Packed row) {
        return format.read(packed.part(row.start, row.end)).place();
    }
}
