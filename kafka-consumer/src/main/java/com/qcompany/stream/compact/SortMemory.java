package com.qcompany.stream.compact;

/**
 * The heap that a rewrite takes: {@code sortBytes} of rows while it makes sorted runs, or the open runs while it merges
 * them, plus one row group of the output, plus the pages of the input row group that is read, plus the dictionaries.
 *
 * @param sortBytes rows held in memory, and all that open runs hold
 * @param rowGroupBytes most a row group of the output holds
 */
record SortMemory(long sortBytes, long rowGroupBytes) {

    private static final long MOST_ROW_GROUP_BYTES = 128L << 20;
    /** Three blocks of 4096 rows: one read, those before it not yet written. Rows of events take some fifty bytes. */
    private static final long OPEN_RUN_BYTES = 4L << 20;

    private static final int MOST_OPEN_RUNS = 64;

    /** An eighth of this JVM's heap for each: 64 MiB and 64 MiB of 512 MiB. */
    static SortMemory ofThisHeap() {
        long share = Runtime.getRuntime().maxMemory() / 8;
        return new SortMemory(share, Math.min(share, MOST_ROW_GROUP_BYTES));
    }

    /** Runs that are merged at once. */
    int fanIn() {
        return (int) Math.min(Math.max(2, sortBytes / OPEN_RUN_BYTES), MOST_OPEN_RUNS);
    }
}
