package com.qcompany.batch.load;

import com.qcompany.batch.load.RowBlock.Packed;
import com.qcompany.warehouse.parquet.PackedOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers the rows of a map task by table and group, so that the shuffle sorts and merges blocks of rows, which is a
 * fraction of the work it has with every row by itself. Rows are packed one behind the other as they come: were each
 * appended to a block of its group, every row would touch memory in places of its own. No object a row is kept:
 * thousands of them would be copied by every collection of garbage. Holds 7 MiB of packed rows at the most. Not
 * thread-safe.
 */
final class RowBlocks {

    /** Less than a power of two: the array in which they lie grows by doubling. */
    private static final int MOST_BYTES = 7 << 20;

    private static final int FEW_ROWS = 1024;

    private final Target target;
    private final int mostBytes;
    private final List<Group> groups = new ArrayList<>();
    private final Map<Integer, Map<String, Integer>> numbers = new HashMap<>();
    private final PackedOutput packed = new PackedOutput();
    private int[] groupOf = new int[FEW_ROWS];
    private long[] prefixes = new long[FEW_ROWS];
    private int[] ends = new int[FEW_ROWS];
    private int rows;

    /** Rows that belong together. */
    private record Group(int table, String name) {}

    /** Where blocks go, to be written at once: their rows are overwritten afterwards. */
    interface Target {
        void send(int table, String group, RowBlock block) throws IOException, InterruptedException;
    }

    RowBlocks(Target target) {
        this(target, MOST_BYTES);
    }

    /** @param mostBytes of packed rows to be held */
    RowBlocks(Target target, int mostBytes) {
        this.target = target;
        this.mostBytes = mostBytes;
    }

    /** @param table place of the row's table in the shuffle */
    void add(int table, String group, PlacedRow row) throws IOException, InterruptedException {
        if (rows == ends.length) {
            groupOf = Arrays.copyOf(groupOf, 2 * rows);
            prefixes = Arrays.copyOf(prefixes, 2 * rows);
            ends = Arrays.copyOf(ends, 2 * rows);
        }
        LoadTables.blockFormat(table).write(row, packed);
        groupOf[rows] = number(table, group);
        prefixes[rows] = row.place().prefix();
        ends[rows] = packed.length();
        rows++;
        if (packed.length() >= mostBytes) {
            flush();
        }
    }

    /** Sends all that was gathered. */
    void flush() throws IOException, InterruptedException {
        Packed[][] byGroup = byGroup();
        for (int i = 0; i < byGroup.length; i++) {
            if (byGroup[i].length > 0) {
                Group group = groups.get(i);
                RowBlock block = new RowBlock(LoadTables.blockFormat(group.table), packed, byGroup[i]);
                target.send(group.table, group.name, block);
            }
        }
        packed.clear();
        rows = 0;
    }

    private int number(int table, String group) {
        Map<String, Integer> ofTable = numbers.computeIfAbsent(table, any -> new HashMap<>());
        Integer known = ofTable.get(group);
        if (known == null) {
            known = groups.size();
            groups.add(new Group(table, group));
            ofTable.put(group, known);
        }
        return known;
    }

    private Packed[][] byGroup() {
        int[] counts = new int[groups.size()];
        for (int i = 0; i < rows; i++) {
            counts[groupOf[i]]++;
        }
        Packed[][] byGroup = Arrays.stream(counts).mapToObj(Packed[]::new).toArray(Packed[][]::new);
        for (int i = rows - 1; i >= 0; i--) {
            int start = i == 0 ? 0 : ends[i - 1];
            byGroup[groupOf[i]][--counts[groupOf[i]]] = new Packed(prefixes[i], start, ends[i]);
        }
        return byGroup;
    }
}
