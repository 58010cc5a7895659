package com.qcompany.hive;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Outcome of a check over whole tables.
 *
 * @param violations what breaks it; 0 if it holds
 * @param detail some of what breaks it, or what was counted
 */
record Finding(String table, String check, long violations, String detail) {

    /** Most of what is at fault, or waits, that is named. */
    static final int MAX_EXAMPLES = 10;

    /** What is at fault, of which the first are told; or what there is where nothing is. */
    static Finding of(String table, String check, List<String> faults, String otherwise) {
        String detail = faults.stream().limit(MAX_EXAMPLES).collect(Collectors.joining("; "));
        return new Finding(table, check, faults.size(), faults.isEmpty() ? otherwise : detail);
    }

    /** Something to know that is no fault. */
    static Finding note(String table, String check, String detail) {
        return new Finding(table, check, 0, detail);
    }
}
