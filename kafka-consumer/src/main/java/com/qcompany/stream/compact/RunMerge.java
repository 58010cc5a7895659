package com.qcompany.stream.compact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Merges sorted runs, none of them empty. Memory: a row group and a block of rows of every run, and dictionaries. */
final class RunMerge {

    private static final int BLOCK_ROWS = 4096;

    private final ColumnWorkers workers;
    private final Configuration conf;

    RunMerge(ColumnWorkers workers, Configuration conf) {
        this.workers = workers;
        this.conf = conf;
    }

    /** Writes the rows of all runs in their order. */
    void merge(List<Path> runs, SortedFile target) throws IOException {
        List<RowBlocks> open = new ArrayList<>();
        try {
            PriorityQueue<Head> heads = new PriorityQueue<>();
            for (Path run : runs) {
                RowBlocks blocks = new RowBlocks(run, BLOCK_ROWS, target.dictionaries(), workers, conf);
                open.add(blocks);
                heads.add(new Head(blocks));
            }
            merge(heads, target);
        } finally {
            for (RowBlocks run : open) {
                run.close();
            }
        }
    }

    private static void merge(PriorityQueue<Head> heads, SortedFile target) throws IOException {
        List<RowBlock> blocks = new ArrayList<>();
        int[] places = new int[RowBlock.MOST_ROWS];
        int rows = 0;
        for (Head head = heads.poll(); head != null; head = heads.poll()) {
            Head rival = heads.peek();
            boolean isLeast = true;
            while (isLeast) {
                places[rows++] = head.placeIn(blocks);
                if (rows == places.length) {
                    target.write(new RowOrder(blocks, places, 0, rows));
                    blocks.clear();
                    rows = 0;
                }
                if (!head.advance()) {
                    break;
                }
                isLeast = rival == null || head.compareTo(rival) < 0;
            }
            if (!isLeast) {
                heads.add(head);
            }
        }
        target.write(new RowOrder(blocks, places, 0, rows));
    }

    /** The next row of a run. */
    private static final class Head implements Comparable<Head> {

        private final RowBlocks run;
        private RowBlock block;
        private int row;
        /** Where the block was last put among those of an output. */
        private int index;

        Head(RowBlocks run) throws IOException {
            this.run = run;
            this.block = Objects.requireNonNull(run.next(), "a run has rows");
        }

        /** The row's place; its block is added where it is not yet there. */
        int placeIn(List<RowBlock> blocks) {
            if (index >= blocks.size() || blocks.get(index) != block) {
                index = blocks.size();
                blocks.add(block);
            }
            return RowOrder.place(index, row);
        }

        /** Goes to the next row; false at the end. */
        boolean advance() throws IOException {
            row++;
            if (row < block.rows()) {
                return true;
            }
            RowBlock next = run.next();
            if (next == null) {
                return false;
            }
            block = next;
            row = 0;
            return true;
        }

        @Override
        public int compareTo(Head other) {
            return block.compare(row, other.block, other.row);
        }
    }
}
