package com.qcompany.stream.compact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Merges sorted runs, none of them empty. Memory: a row group and a block of rows of every run. */
final class RunMerge {

    private static final int BLOCK_ROWS = 4096;

    private final Configuration conf;

    RunMerge(Configuration conf) {
        this.conf = conf;
    }

    /** Writes the rows of all runs in their order. */
    void merge(List<Path> runs, SortedFile target) throws IOException {
        List<RowBlocks> open = new ArrayList<>();
        try {
            PriorityQueue<Head> heads = new PriorityQueue<>();
            for (Path run : runs) {
                RowBlocks blocks = new RowBlocks(run, BLOCK_ROWS, conf);
                open.add(blocks);
                heads.add(new Head(blocks));
            }
            RowOrder next = new RowOrder();
            for (Head head = heads.poll(); head != null; head = heads.poll()) {
                next.add(head.block, head.row);
                if (next.isFull()) {
                    target.write(next);
                    next.clear();
                }
                if (head.advance()) {
                    heads.add(head);
                }
            }
            target.write(next);
        } finally {
            for (RowBlocks run : open) {
                run.close();
            }
        }
    }

    /** The next row of a run. */
    private static final class Head implements Comparable<Head> {

        private final RowBlocks blocks;
        private RowBlock block;
        private int row;

        Head(RowBlocks blocks) throws IOException {
            this.blocks = blocks;
            this.block = Objects.requireNonNull(blocks.next(), "a run has rows");
        }

        /** Goes to the next row; false at the end. */
        boolean advance() throws IOException {
            row++;
            if (row < block.rows()) {
                return true;
            }
            RowBlock next = blocks.next();
            if (next == null) {
                return false;
            }
            block = next;
            row = 0;
            return true;
        }

        @Override
        public int compareTo(Head other) {
            return RowBlock.compare(block, row, other.block, other.row);
        }
    }
}
