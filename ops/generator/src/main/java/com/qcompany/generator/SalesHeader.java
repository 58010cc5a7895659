package com.qcompany.generator;

import java.util.ArrayList;
import java.util.List;

/**
 * The header of a group's transactions file and how rows lie under it. Most groups have the announced columns; every
 * fifth, from the fourth on, brings {@code source} before the address, and the one after it {@code logs} at the end.
 */
enum SalesHeader {
    /** As announced: a branch sale ends before its empty address. */
    ANNOUNCED,
    /** With {@code source} before the address: a branch sale still ends before its empty address. */
    WITH_SOURCE,
    /** With {@code logs} at the end: a branch sale has its empty address. */
    WITH_LOGS;

    private static final int ADDRESS = Sale.COLUMNS.size() - 1;
    private static final int PERIOD = 5;

    /** The header of a group, which counts from 1. */
    static SalesHeader of(int group) {
        return switch (group % PERIOD) {
            case 4 -> WITH_SOURCE;
            case 0 -> WITH_LOGS;
            default -> ANNOUNCED;
        };
    }

    List<String> columns() {
        return arrange(Sale.COLUMNS, "source", "logs");
    }

    /** Lays a row's fields under the header. */
    List<String> row(List<String> fields) {
        boolean online = fields.get(Sale.COLUMNS.indexOf("is_online")).equals("yes");
        List<String> row = arrange(fields, online ? "web" : "store", "sent, 1 attempt");
        if (this != WITH_LOGS && !online && row.get(row.size() - 1).isEmpty()) {
            row.remove(row.size() - 1);
        }
        return row;
    }

    private List<String> arrange(List<String> fields, String source, String logs) {
        List<String> row = new ArrayList<>(fields);
        switch (this) {
            case ANNOUNCED -> {}
            case WITH_SOURCE -> row.add(ADDRESS, source);
            case WITH_LOGS -> row.add(logs);
        }
        return row;
    }
}
