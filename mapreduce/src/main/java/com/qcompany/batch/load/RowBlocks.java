package com.qcompany.batch.load;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers the rows of a map task by table and group, so that the shuffle sorts and merges blocks of rows, which is a
 * fraction of the work it has with every row by itself. Holds 2 MiB of packed rows at the most. Not thread-safe.
 */
final class RowBlocks {

    private static final int MOST_BYTES = 2 << 20;
    private static final int MOST_BYTES_OF_A_GROUP = 1 << 20;

    private final Target target;
    private final Map<Integer, Map<String, RowBlock>> byTable = new TreeMap<>();
    private long bytes;

    /** Where full blocks go. */
    interface Target {
        void send(int table, String group, RowBlock block) throws IOException, InterruptedException;
    }

    RowBlocks(Target target) {
        this.target = target;
    }

    /** @param table place of the row's table in the shuffle */
    void add(int table, String group, PlacedRow row) throws IOException, InterruptedException {
        Map<String, RowBlock> byGroup = byTable.computeIfAbsent(table, any -> new HashMap<>());
        RowBlock block = byGroup.computeIfAbsent(group, any -> new RowBlock(LoadTables.blockFormat(table)));
        int before = block.bytes();
        block.add(row);
        bytes += block.bytes() - before;
        if (block.bytes() >= MOST_BYTES_OF_A_GROUP) {
            byGroup.remove(group);
            bytes -= block.bytes();
            target.send(table, group, block);
        } else if (bytes >= MOST_BYTES) {
            flush();
        }
    }

    /** Sends all that was gathered. */
    void flush() throws IOException, InterruptedException {
        for (Map.Entry<Integer, Map<String, RowBlock>> table : byTable.entrySet()) {
            for (Map.Entry<String, RowBlock> block : table.getValue().entrySet()) {
                target.send(table.getKey(), block.getKey(), block.getValue());
            }
            table.getValue().clear();
        }
        bytes = 0;
    }
}
