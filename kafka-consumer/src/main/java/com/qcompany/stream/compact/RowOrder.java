package com.qcompany.stream.compact;

import java.io.IOException;
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

    static int place(int block, int row) {
        return block << ROW_BITS | row;
    }

    static int block(int place) {
        return place >>> ROW_BITS;
    }

    static int row(int place) {
        return place & RowBlock.MOST_ROWS - 1;
    }

    /** Writes the rows, a number of them at a time. */
    void writeTo(RowOutput output, int rowsAtOnce) throws IOException {
        for (int start = from; start < to; start += rowsAtOnce) {
            output.write(new RowOrder(blocks, places, start, Math.min(to, start + rowsAtOnce)));
        }
    }

    /** The values of a leaf column of every block. */
    ColumnValues[] column(int index) {
        return blocks.stream().map(block -> block.columns().get(index)).toArray(ColumnValues[]::new);
    }

    /** The values of a leaf column of these rows, in their order. */
    ColumnValues gather(int index) {
        ColumnValues[] columns = column(index);
        GatheredValues gathered = new GatheredValues(PlainType.of(RowBlock.COLUMNS.get(index)), rows());
        for (int i = from; i < to; i++) {
            gathered.add(columns[block(places[i])], row(places[i]));
        }
        return gathered.values();
    }

    int rows() {
        return to - from;
    }
}
