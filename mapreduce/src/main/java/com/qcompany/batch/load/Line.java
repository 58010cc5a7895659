package com.qcompany.batch.load;

import org.apache.hadoop.fs.Path;

/**
 * Where a record begins.
 *
 * @param splitStart byte offset at which the reader began
 * @param splitLine line number from there, from 1
 * @param truncated whether the record is the beginning of one that is longer than allowed
 */
record Line(Path file, long offset, long splitStart, long splitLine, boolean truncated) {
    private static final int OFFSET_BITS = 40;
    private static final long OFFSETS = 1L << OFFSET_BITS;

    /** Where the record comes in the order of the source, as one number: index of its file in the plan, then offset. */
    long place(int fileIndex) {
        if (offset >= OFFSETS) {
            throw new IllegalArgumentException(
                    "Cannot place byte %d of %s (expected below %d)".formatted(offset, file, OFFSETS));
        }
        return (long) fileIndex << OFFSET_BITS | offset;
    }

    /** Index of the file of a place. */
    static int fileOf(long place) {
        return (int) (place >>> OFFSET_BITS);
    }

    /** Byte offset of a place in its file. */
    static long offsetOf(long place) {
        return place & (OFFSETS - 1);
    }
}
