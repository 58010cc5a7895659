package com.qcompany.stream.compact;

import java.util.ArrayList;
import java.util.List;

/** Rows in memory that are about to be sorted. */
final class HeldRows {

    private final long mostBytes;
    private List<RowBlock> blocks = new ArrayList<>();
    private long bytes;

    /** @param mostBytes of heap that they take, but for the last block */
    HeldRows(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    void add(RowBlock block) {
        blocks.add(block);
        bytes += block.bytes() + (long) RowSort.BYTES_PER_ROW * block.rows();
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    boolean isFull() {
        return bytes >= mostBytes || blocks.size() == RowOrder.MOST_BLOCKS;
    }

    /** All rows in order; none is held any more. */
    RowOrder takeSorted() {
        RowOrder order = RowSort.sorted(blocks);
        blocks = new ArrayList<>();
        bytes = 0;
        return order;
    }
}
