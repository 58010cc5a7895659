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

    private static final int LEVEL = 3;
    private static final int RUN_LEVEL = 1;
    private static final long RUN_ROW_GROUP_BYTES = 2L << 20;

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
                            runs.add(writeRun(held, run(target, runs.size()), dictionaries, workers));
                        }
                    }
                }
            }
            if (runs.isEmpty()) {
                try (SortedFile file = result(target, dictionaries, workers)) {
                    return write(held, file);
                }
            }
            if (!held.isEmpty()) {
                runs.add(writeRun(held, run(target, runs.size()), dictionaries, workers));
            }
            return merge(runs, target, workers);
        }
    }

    private long merge(Deque<Path> runs, Path target, ColumnWorkers workers) throws IOException {
        RunMerge merge = new RunMerge(workers, conf);
        int written = runs.size();
        while (runs.size() > memory.fanIn()) {
            lease.verify();
            List<Path> next = new ArrayList<>();
            while (next.size() < memory.fanIn()) {
                next.add(runs.remove());
            }
            Path run = run(target, written++);
            try (SortedFile file = run(run, RowBlock.newDictionaries(), workers)) {
                mergeAndDelete(merge, next, file);
            }
            runs.add(run);
        }
        try (SortedFile file = result(target, RowBlock.newDictionaries(), workers)) {
            return mergeAndDelete(merge, List.copyOf(runs), file);
        }
    }

    private long mergeAndDelete(RunMerge merge, List<Path> runs, SortedFile file) throws IOException {
        merge.merge(runs, file);
        long rows = file.finish();
        for (Path run : runs) {
            fs.delete(run, false);
        }
        return rows;
    }

    private Path writeRun(HeldRows held, Path run, List<ValueDictionary> dictionaries, ColumnWorkers workers)
            throws IOException {
        try (SortedFile file = run(run, dictionaries, workers)) {
            write(held, file);
        }
        return run;
    }

    private long write(HeldRows held, SortedFile file) throws IOException {
        lease.verify();
        for (RowOrder order : held.takeSorted().slices()) {
            file.write(order);
        }
        return file.finish();
    }

    private SortedFile result(Path path, List<ValueDictionary> dictionaries, ColumnWorkers workers) throws IOException {
        return new SortedFile(path, LEVEL, memory.rowGroupBytes(), dictionaries, workers, conf);
    }

    private SortedFile run(Path path, List<ValueDictionary> dictionaries, ColumnWorkers workers) throws IOException {
        return new SortedFile(path, RUN_LEVEL, RUN_ROW_GROUP_BYTES, dictionaries, workers, conf);
    }

    private static Path run(Path target, int number) {
        return new Path(target.getParent(), "%s.run-%d".formatted(target.getName(), number));
    }
}
