package com.qcompany.batch.feed;

/** Which keys exist: those in the dimensions and in the files of the groups being loaded. */
@FunctionalInterface
public interface KnownKeys {

    /** Whether a table has a row of that key; the key is of the class of the table's key column. */
    boolean knows(String table, Object key);
}
