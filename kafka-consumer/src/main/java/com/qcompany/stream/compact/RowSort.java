package com.qcompany.stream.compact;

import java.util.List;

/**
 * Puts rows in memory in order by a radix sort: by offset, then by partition, then by event time, each leaving rows with
 * the same number as they were. It takes as many passes as numbers have different digits, and none where they are in
 * order already.
 */
final class RowSort {

    /** What a row takes of the heap while it is sorted. */
    static final int BYTES_PER_ROW = 2 * (Long.BYTES + Integer.BYTES);

    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private final List<RowBlock> blocks;
    private final int rows;
    private long[] keys;
    private int[] places;
    private long[] spareKeys;
    private int[] sparePlaces;

    private RowSort(List<RowBlock> blocks) {
        this.blocks = blocks;
        this.rows = blocks.stream().mapToInt(RowBlock::rows).sum();
        this.keys = new long[rows];
        this.places = new int[rows];
        this.spareKeys = new long[rows];
        this.sparePlaces = new int[rows];
    }

    /** The rows of all blocks in order. */
    static RowOrder sorted(List<RowBlock> blocks) {
        RowSort sort = new RowSort(blocks);
        sort.list();
        sort.by(RowBlock::offset);
        sort.by(RowBlock::partition);
        sort.by(RowBlock::time);
        return new RowOrder(blocks, sort.places, 0, sort.rows);
    }

    /** A number that rows are ordered by. */
    @FunctionalInterface
    private interface Key {
        long of(RowBlock block, int row);
    }

    private void list() {
        int count = 0;
        for (int block = 0; block < blocks.size(); block++) {
            for (int row = 0; row < blocks.get(block).rows(); row++) {
                places[count++] = RowOrder.place(block, row);
            }
        }
    }

    private void by(Key key) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        boolean isOrdered = true;
        for (int i = 0; i < rows; i++) {
            long number = key.of(blocks.get(RowOrder.block(places[i])), RowOrder.row(places[i]));
            isOrdered &= number >= most;
            least = Math.min(least, number);
            most = Math.max(most, number);
            keys[i] = number;
        }
        if (!isOrdered) {
            int bits = Long.SIZE - Long.numberOfLeadingZeros(most - least);
            for (int shift = 0; shift < bits; shift += DIGIT_BITS) {
                byDigit(least, shift);
            }
        }
    }

    /** Orders by one digit of the distance from the least key, which is unsigned. */
    private void byDigit(long least, int shift) {
        int[] ends = new int[DIGITS + 1];
        for (int i = 0; i < rows; i++) {
            ends[digit(keys[i] - least, shift) + 1]++;
        }
        for (int digit = 0; digit < DIGITS; digit++) {
            ends[digit + 1] += ends[digit];
        }
        for (int i = 0; i < rows; i++) {
            int to = ends[digit(keys[i] - least, shift)]++;
            spareKeys[to] = keys[i];
            sparePlaces[to] = places[i];
        }
        long[] orderedKeys = spareKeys;
        spareKeys = keys;
        keys = orderedKeys;
        int[] orderedPlaces = sparePlaces;
        sparePlaces = places;
        places = orderedPlaces;
    }

    private static int digit(long distance, int shift) {
        return (int) (distance >>> shift) & DIGITS - 1;
    }
}
