package com.qcompany.stream.compact;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Sorts the rows of an hour's files into one file, however many there are: as many as memory holds are sorted and
 * written as a run, and runs are merged, a bounded number at a time. An hour that fits in memory is written at once.
 * Equal inputs and memory give equal bytes, on however many threads.
 */
final class HourSort {

    /** Few enough rows for a row group to end in time. */
    private static final int ROWS_AT_ONCE = 1 << 14;
    /** Rows of a block in a run: as few as open runs are many. */
    private static final int RUN_BLOCK_ROWS = 1 << 12;

    private final FileSystem fs;
    private final Configuration conf;
    private final SortMemory memory;
    private final LeaseCheck lease;

    /** @param lease asked for every run that is written, so that a sort of hours ends when it was taken over */
    HourSort(FileSystem fs, Configuration conf, SortMemory memory, LeaseCheck lease) {
        this.fs = fs;
        this.conf = conf;
        this.memory = memory;
        this.lease = lease;
    }

    /**
     * Sorts files into a new one.
     *
     * @param target new file; runs lie beside it until they are merged
     * @return rows written
     */
    long sort(List<Path> inputs, Path target) throws IOException {
        try (ColumnWorkers workers = new ColumnWorkers()) {
            List<ValueDictionary> dictionaries = RowBlock.newDictionaries();
            HeldRows held = new HeldRows(memory.sortBytes());
            Deque<Path> runs = new ArrayDeque<>();
            for (Path input : inputs) {
                try (RowBlocks blocks = new RowBlocks(input, RowBlock.MOST_ROWS, dictionaries, workers, conf)) {
                    for (RowBlock block = blocks.next(); block != null; block = blocks.next()) {
                        held.add(block);
                        if (held.isFull()) {
                            runs.add(writeRun(held, run(target, runs.size()), workers));
                        }
                    }
                }
            }
            if (!runs.isEmpty() && !held.isEmpty()) {
                runs.add(writeRun(held, run(target, runs.size()), workers));
            }
            lease.verify();
            RunMerge merge = new RunMerge(fs, dictionaries, workers);
            mergeSome(merge, runs, target, workers);
            try (SortedFile file = new SortedFile(target, memory.rowGroupBytes(), dictionaries, workers, conf)) {
                if (runs.isEmpty()) {
                    held.takeSorted().writeTo(file, ROWS_AT_ONCE);
                } else {
                    merge.merge(List.copyOf(runs), file);
                }
                long rows = file.finish();
                delete(runs);
                return rows;
            }
        }
    }

    private Path writeRun(HeldRows held, Path run, ColumnWorkers workers) throws IOException {
        lease.verify();
        try (RunOutput output = new RunOutput(fs, run, workers)) {
            held.takeSorted().writeTo(output, RUN_BLOCK_ROWS);
        }
        return run;
    }

    /** Makes runs fewer until all can be merged at once. */
    private void mergeSome(RunMerge merge, Deque<Path> runs, Path target, ColumnWorkers workers) throws IOException {
        int written = runs.size();
        while (runs.size() > memory.fanIn()) {
            lease.verify();
            List<Path> next = new ArrayList<>();
            while (next.size() < memory.fanIn()) {
                next.add(runs.remove());
            }
            Path run = run(target, written++);
            try (RunOutput output = new RunOutput(fs, run, workers)) {
                merge.merge(next, output);
            }
            delete(next);
            runs.add(run);
        }
    }

    private void delete(Iterable<Path> runs) throws IOException {
        for (Path run : runs) {
            fs.delete(run, false);
        }
    }

    private static Path run(Path target, int number) {
        return new Path(target.getParent(), "%s.run-%d".formatted(target.getName(), number));
    }
}
