package com.qcompany.stream.compact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Merges sorted runs, none of them empty. Memory: a block of rows of every run. */
final class RunMerge {

    private static final int ROWS_AT_ONCE = 4096;

    private final FileSystem fs;
    private final List<ValueDictionary> dictionaries;
    private final ColumnWorkers workers;

    /** @param dictionaries those of the rows in the runs */
    RunMerge(FileSystem fs, List<ValueDictionary> dictionaries, ColumnWorkers workers) {
        this.fs = fs;
        this.dictionaries = dictionaries;
        this.workers = workers;
    }

    /** Writes the rows of all runs in their order. */
    void merge(List<Path> runs, RowOutput target) throws IOException {
        List<RunInput> open = new ArrayList<>();
        try {
            PriorityQueue<Head> heads = new PriorityQueue<>();
            for (Path run : runs) {
                RunInput input = new RunInput(fs, run, dictionaries, workers);
                open.add(input);
                heads.add(new Head(input));
            }
            merge(heads, target);
        } finally {
            for (RunInput run : open) {
                run.close();
            }
        }
    }

    private static void merge(PriorityQueue<Head> heads, RowOutput target) throws IOException {
        List<RowBlock> blocks = new ArrayList<>();
        int[] places = new int[ROWS_AT_ONCE];
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
        if (rows > 0) {
            target.write(new RowOrder(blocks, places, 0, rows));
        }
    }

    /** The next row of a run. */
    private static final class Head implements Comparable<Head> {

        private final RunInput run;
        private RowBlock block;
        private int row;
        /** Where the block was last put among those of an output. */
        private int index;

        Head(RunInput run) throws IOException {
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
