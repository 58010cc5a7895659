package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.PackedInput;
import com.qcompany.warehouse.parquet.PackedOutput;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Puts the blocks of one group in order. Blocks beyond what it may hold go as merged runs to the local disk, of each of
 * which one block is in memory afterwards. First add all blocks and files, then take the rows. Not thread-safe.
 */
final class RowMerge implements Closeable {

    /** Bytes of blocks that a reducer holds. */
    private static final long MOST_HELD_BYTES = 32L << 20;

    private static final int RUN_BLOCK_BYTES = 64 << 10;

    private final BlockFormat format;
    private final long mostBytes;
    private final List<RowRun> files = new ArrayList<>();
    private final PriorityQueue<RowRun> runs = new PriorityQueue<>();
    private @Nullable RowRun current;
    private long heldBytes;
    private boolean complete;

    /** @param mostBytes of blocks to be held in memory */
    RowMerge(BlockFormat format, long mostBytes) {
        this.format = format;
        this.mostBytes = mostBytes;
    }

    /** A merge of all blocks that a reducer is sent of a group. */
    static RowMerge of(BlockFormat format, Iterable<ShuffleValue> blocks) throws IOException {
        RowMerge merge = new RowMerge(format, MOST_HELD_BYTES);
        try {
            for (ShuffleValue block : blocks) {
                merge.add(block.rows());
            }
            return merge;
        } catch (IOException | RuntimeException e) {
            merge.close();
            throw e;
        }
    }

    /** Adds rows in their order, at least one. */
    void add(PackedInput block) throws IOException {
        heldBytes += block.remaining();
        runs.add(BlockRun.of(format, block));
        if (heldBytes >= mostBytes) {
            spill();
        }
    }

    /** Adds rows that are read from where they lie, and closed with the merge. */
    void add(RowRun file) {
        files.add(file);
    }

    /** The next row of all, or null after the last one. */
    @Nullable
    PlacedRow next() throws IOException {
        if (!complete) {
            complete = true;
            runs.addAll(files);
        }
        return take();
    }

    /** Most rows of a dimension come from one run, the published one: where it goes on, the others are not sorted. */
    private @Nullable PlacedRow take() throws IOException {
        RowRun run = current == null ? runs.poll() : current;
        current = null;
        if (run == null) {
            return null;
        }
        PlacedRow row = run.head();
        if (run.advance()) {
            RowRun other = runs.peek();
            if (other == null || run.compareTo(other) < 0) {
                current = run;
            } else {
                runs.add(run);
            }
        }
        return row;
    }

    private void spill() throws IOException {
        Path file = Files.createTempFile("rows", ".run");
        try {
            files.add(BlockRun.of(format, file, writeTo(file)));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        heldBytes = 0;
    }

    /** Takes all rows; returns the number of blocks they make in the file. */
    private long writeTo(Path file) throws IOException {
        long blocks = 0;
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            PackedOutput block = new PackedOutput();
            for (PlacedRow row = take(); row != null; row = take()) {
                format.write(row, block);
                if (block.length() >= RUN_BLOCK_BYTES || current == null && runs.isEmpty()) {
                    block.writeTo(out);
                    block.clear();
                    blocks++;
                }
            }
        }
        return blocks;
    }

    @Override
    public void close() throws IOException {
        for (RowRun file : files) {
            file.close();
        }
    }
}
