package com.qcompany.stream.compact;

/** The next rows of an output, each a row of some block: filled, written and filled again. */
final class RowOrder {

    /** Few enough for the values of one column to stay in the processor's cache. */
    private static final int CAPACITY = 2048;

    private final RowBlock[] blocks = new RowBlock[CAPACITY];
    private final int[] rows = new int[CAPACITY];
    private int size;

    void add(RowBlock block, int row) {
        blocks[size] = block;
        rows[size] = row;
        size++;
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    int size() {
        return size;
    }

    RowBlock block(int index) {
        return blocks[index];
    }

    int row(int index) {
        return rows[index];
    }

    void clear() {
        size = 0;
    }
}
