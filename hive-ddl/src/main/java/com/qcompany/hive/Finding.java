package com.qcompany.hive;

/**
 * Outcome of a check over whole tables.
 *
 * @param table table it is about
 * @param check its name
 * @param violations what breaks it; 0 if it holds
 * @param detail some of what breaks it, or what was counted
 */
record Finding(String table, String check, long violations, String detail) {

    /** Something to know that is no fault. */
    static Finding note(String table, String check, String detail) {
        return new Finding(table, check, 0, detail);
    }
}
