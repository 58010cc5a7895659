package com.qcompany.batch.load;

import java.util.Map;
import java.util.TreeMap;

/** Tallies by index of the file in the plan. */
final class FileTallies {

    private final Map<Integer, FileTally> byFile = new TreeMap<>();

    /** The tally of a file, new where there was none. */
    FileTally of(int file) {
        return byFile.computeIfAbsent(file, index -> new FileTally());
    }

    /** All tallies in the order of the files. */
    Map<Integer, FileTally> byFile() {
        return byFile;
    }

    /** The sum over all files. */
    FileTally total() {
        return byFile.values().stream().reduce(new FileTally(), FileTally::add);
    }
}
