package com.qcompany.batch.load;

import java.io.Closeable;
import java.io.IOException;

/** Rows in their order, of which the next one is at hand; ordered by it. Has a row when it is made. */
interface RowRun extends Comparable<RowRun>, Closeable {

    /** The row it is at. */
    PlacedRow head();

    /** Goes to the next row; false if there is none. */
    boolean advance() throws IOException;

    @Override
    default int compareTo(RowRun other) {
        return head().place().compareTo(other.head().place());
    }
}
