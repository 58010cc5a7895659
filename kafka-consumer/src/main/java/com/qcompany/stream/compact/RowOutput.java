package com.qcompany.stream.compact;

import java.io.IOException;

/** Takes rows in order. */
interface RowOutput {

    /** Writes some rows, at least one. */
    void write(RowOrder order) throws IOException;
}
