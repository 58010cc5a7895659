package com.qcompany.batch.load;

/** Where a record comes in the order of the source, as one number: file of the plan, then byte offset. */
final class RecordPlace {
    private static final int OFFSET_BITS = 40;
    private static final long OFFSETS = 1L << OFFSET_BITS;

    private RecordPlace() {}

    /**
     * The number of a place.
     *
     * @throws IllegalArgumentException if the offset is a tebibyte or more
     */
    static long pack(int file, long offset) {
        if (offset >= OFFSETS) {
            throw new IllegalArgumentException(
                    "Cannot place byte %d of a file (expected below %d)".formatted(offset, OFFSETS));
        }
        return (long) file << OFFSET_BITS | offset;
    }

    /** Index of the file. */
    static int file(long place) {
        return (int) (place >>> OFFSET_BITS);
    }

    /** Byte offset in it. */
    static long offset(long place) {
        return place & (OFFSETS - 1);
    }
}
