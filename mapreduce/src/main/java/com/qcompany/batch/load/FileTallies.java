package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.Row;
import java.util.Map;
import java.util.TreeMap;

/** Tallies by index of the file in the plan. Not thread-safe. */
final class FileTallies {
    private final Map<Integer, FileTally> byFile = new TreeMap<>();

    void add(int file, FileTally more) {
        byFile.merge(file, more, FileTally::plus);
    }

    /** Adds what a task counted. */
    void add(Row row) {
        add(Math.toIntExact(row.require("file", Long.class)), FileTally.of(row));
    }

    /** The tally of a file. */
    FileTally of(int file) {
        return byFile.getOrDefault(file, FileTally.NONE);
    }

    /** All tallies in the order of the files. */
    Map<Integer, FileTally> byFile() {
        return byFile;
    }

    /** The sum over all files. */
    FileTally total() {
        return byFile.values().stream().reduce(FileTally.NONE, FileTally::plus);
    }
}
