package com.qcompany.batch.load;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Gathers the sales of a map task by date, so that the shuffle sorts and merges blocks of sales, which is a fraction of
 * the work it has with every sale by itself. Holds 2 MiB of packed sales at the most. Not thread-safe.
 */
final class SaleBlocks {

    private static final int MOST_BYTES = 2 << 20;
    private static final int MOST_BYTES_OF_A_DATE = 1 << 20;

    private final Target target;
    private final Map<String, SaleBlock> byDate = new HashMap<>();
    private long bytes;

    /** Where full blocks go. */
    interface Target {
        void send(String date, SaleBlock block) throws IOException, InterruptedException;
    }

    SaleBlocks(Target target) {
        this.target = target;
    }

    void add(String date, Sale sale) throws IOException, InterruptedException {
        SaleBlock block = byDate.computeIfAbsent(date, any -> new SaleBlock());
        int before = block.bytes();
        block.add(sale);
        bytes += block.bytes() - before;
        if (block.bytes() >= MOST_BYTES_OF_A_DATE) {
            byDate.remove(date);
            bytes -= block.bytes();
            target.send(date, block);
        } else if (bytes >= MOST_BYTES) {
            flush();
        }
    }

    /** Sends all that was gathered. */
    void flush() throws IOException, InterruptedException {
        for (Map.Entry<String, SaleBlock> block : byDate.entrySet()) {
            target.send(block.getKey(), block.getValue());
        }
        byDate.clear();
        bytes = 0;
    }
}
