package com.qcompany.stream.compact;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Sorts the rows of an hour's files into one file, however many there are: as many as memory holds are sorted and
 * written as a run, and runs are merged, a bounded number at a time. An hour that fits in memory is written at once.
 */
final class HourSort {

    private static final int BLOCK_ROWS = 16_384;
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
        Deque<Path> runs = new ArrayDeque<>();
        List<RowBlock> held = new ArrayList<>();
        long heldBytes = 0;
        int written = 0;
        for (Path input : inputs) {
            try (RowBlocks blocks = new RowBlocks(input, BLOCK_ROWS, conf)) {
                for (RowBlock block = blocks.next(); block != null; block = blocks.next()) {
                    held.add(block);
                    heldBytes += block.bytes();
                    if (heldBytes >= memory.sortBytes()) {
                        Path run = run(target, written++);
                        writeSorted(held, run, CompressionCodecName.SNAPPY, RUN_ROW_GROUP_BYTES);
                        runs.add(run);
                        held.clear();
                        heldBytes = 0;
                    }
                }
            }
        }
        if (runs.isEmpty()) {
            return writeSorted(held, target, CompressionCodecName.ZSTD, memory.rowGroupBytes());
        }
        if (!held.isEmpty()) {
            Path run = run(target, written++);
            writeSorted(held, run, CompressionCodecName.SNAPPY, RUN_ROW_GROUP_BYTES);
            runs.add(run);
            held.clear();
        }
        RunMerge merge = new RunMerge(conf);
        while (runs.size() > memory.fanIn()) {
            lease.verify();
            Path run = run(target, written++);
            mergeAndDelete(merge, next(runs), run, CompressionCodecName.SNAPPY, RUN_ROW_GROUP_BYTES);
            runs.add(run);
        }
        return mergeAndDelete(merge, List.copyOf(runs), target, CompressionCodecName.ZSTD, memory.rowGroupBytes());
    }

    private List<Path> next(Deque<Path> runs) {
        List<Path> next = new ArrayList<>();
        while (next.size() < memory.fanIn()) {
            next.add(runs.remove());
        }
        return next;
    }

    private long mergeAndDelete(
            RunMerge merge, List<Path> runs, Path target, CompressionCodecName codec, long rowGroupBytes)
            throws IOException {
        long rows;
        try (SortedFile file = new SortedFile(target, codec, rowGroupBytes, conf)) {
            merge.merge(runs, file);
            rows = file.finish();
        }
        for (Path run : runs) {
            fs.delete(run, false);
        }
        return rows;
    }

    private long writeSorted(List<RowBlock> blocks, Path target, CompressionCodecName codec, long rowGroupBytes)
            throws IOException {
        lease.verify();
        RowOrder next = new RowOrder();
        try (SortedFile file = new SortedFile(target, codec, rowGroupBytes, conf)) {
            for (Long place : sorted(blocks)) {
                next.add(blocks.get((int) (place >>> Integer.SIZE)), place.intValue());
                if (next.isFull()) {
                    file.write(next);
                    next.clear();
                }
            }
            file.write(next);
            return file.finish();
        }
    }

    /** Places of all rows in their order: block and row in one number. */
    private static Long[] sorted(List<RowBlock> blocks) {
        Long[] places = new Long[blocks.stream().mapToInt(RowBlock::rows).sum()];
        int count = 0;
        for (int block = 0; block < blocks.size(); block++) {
            for (int row = 0; row < blocks.get(block).rows(); row++) {
                places[count++] = (long) block << Integer.SIZE | row;
            }
        }
        Arrays.sort(
                places,
                (a, b) -> RowBlock.compare(
                        blocks.get((int) (a >>> Integer.SIZE)),
                        a.intValue(),
                        blocks.get((int) (b >>> Integer.SIZE)),
                        b.intValue()));
        return places;
    }

    private static Path run(Path target, int number) {
        return new Path(target.getParent(), "%s.run-%d".formatted(target.getName(), number));
    }
}
