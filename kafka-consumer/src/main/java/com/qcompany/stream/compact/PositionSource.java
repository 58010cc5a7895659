package com.qcompany.stream.compact;

import java.io.IOException;
import java.util.List;

/** Where the committed positions of the stream's group come from. */
@FunctionalInterface
public interface PositionSource {

    /**
     * The progress of every partition of the topic. Positions are read before end offsets, so that a partition that
     * looks wholly consumed was so at some time in between.
     */
    List<PartitionProgress> read() throws IOException;
}
