package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.PackedOutput;
import java.util.Arrays;

/** Some rows of one group among those that were packed one behind the other, written in their order. */
final class RowBlock {

    private final BlockFormat format;
    private final PackedOutput packed;
    private final Packed[] rows;

    /**
     * A packed row.
     *
     * @param prefix its {@link RowPlace#prefix}, which nearly always decides
     * @param start where it begins in the bytes
     * @param end where it ends
     */
    record Packed(long prefix, int start, int end) {}

    /**
     * @param packed bytes in which the rows lie, unchanged until they are written
     * @param rows where each lies; sorted by writing
     */
    RowBlock(BlockFormat format, PackedOutput packed, Packed[] rows) {
        this.format = format;
        this.packed = packed;
        this.rows = rows;
    }

    /** Appends its rows in their order. */
    void writeTo(PackedOutput out) {
        Arrays.sort(rows, this::compare);
        for (Packed row : rows) {
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
