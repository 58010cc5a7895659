package com.qcompany.stream.compact;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of some blocks in the order they are written. A row is one number, its place: which block, and which row of it.
 *
 * @param blocks where the rows are
 * @param places of the rows; those before {@code from} and from {@code to} on do not count
 */
record RowOrder(List<RowBlock> blocks, int[] places, int from, int to) {

    private static final int ROW_BITS = Integer.numberOfTrailingZeros(RowBlock.MOST_ROWS);

    /** Blocks whose rows have places. */
    static final int MOST_BLOCKS = 1 << Integer.SIZE - ROW_BITS;

    /** Few enough rows for a row group to end in time. */
    private static final int SLICE_ROWS = 1 << 14;

    static int place(int block, int row) {
        return block << ROW_BITS | row;
    }

    static int block(int place) {
        return place >>> ROW_BITS;
    }

    static int row(int place) {
        return place & RowBlock.MOST_ROWS - 1;
    }

    /** The same rows, some after the other. */
    List<RowOrder> slices() {
        List<RowOrder> slices = new ArrayList<>();
        for (int start = from; start < to; start += SLICE_ROWS) {
            slices.add(new RowOrder(blocks, places, start, Math.min(to, start + SLICE_ROWS)));
        }
        return slices;
    }

    int rows() {
        return to - from;
    }
}
