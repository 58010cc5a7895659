package com.qcompany.batch.load;

import com.qcompany.warehouse.PackedInput;
import com.qcompany.warehouse.PackedOutput;
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
 * Puts the blocks of one date in order. Blocks beyond what it may hold go as merged runs to the local disk, of each of
 * which one block is in memory afterwards. First add all blocks, then take the sales. Not thread-safe.
 */
final class SaleMerge implements Closeable {

    private static final int RUN_BLOCK_BYTES = 64 << 10;

    private final long mostBytes;
    private final List<SaleRun> files = new ArrayList<>();
    private final PriorityQueue<SaleRun> runs = new PriorityQueue<>();
    private long heldBytes;
    private boolean complete;

    /** @param mostBytes of blocks to be held in memory */
    SaleMerge(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Adds sales in their order, at least one. */
    void add(PackedInput block) throws IOException {
        heldBytes += block.remaining();
        runs.add(SaleRun.of(block));
        if (heldBytes >= mostBytes) {
            spill();
        }
    }

    /** The next sale of all, or null after the last one. */
    @Nullable
    Sale next() throws IOException {
        if (!complete) {
            complete = true;
            runs.addAll(files);
        }
        return take();
    }

    private @Nullable Sale take() throws IOException {
        SaleRun least = runs.poll();
        if (least == null) {
            return null;
        }
        Sale sale = least.head();
        if (least.advance()) {
            runs.add(least);
        }
        return sale;
    }

    private void spill() throws IOException {
        Path file = Files.createTempFile("sales", ".run");
        try {
            files.add(SaleRun.of(file, writeTo(file)));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        heldBytes = 0;
    }

    /** Takes all sales; returns the number of blocks they make in the file. */
    private long writeTo(Path file) throws IOException {
        long blocks = 0;
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            PackedOutput block = new PackedOutput();
            for (Sale sale = take(); sale != null; sale = take()) {
                sale.writeTo(block);
                if (block.length() >= RUN_BLOCK_BYTES || runs.isEmpty()) {
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
        for (SaleRun file : files) {
            file.close();
        }
    }
}
