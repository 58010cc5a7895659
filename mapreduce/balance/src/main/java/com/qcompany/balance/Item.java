package com.qcompany.balance;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something about one transaction_id, as mappers send it to reducers.
 *
 * @param sequence ledger record of its group; 0 for a fact
 * @param line line of the file in which it begins; 0 for a fact
 * @param text the line as received; empty for a fact
 * @param values columns of a sale; empty where the line gives none
 * @param note why a line gives no sale, or the rules that a rejected row breaks; else empty
 * @param run the load that published it; empty for a line
 */
record Item(
        Kind kind,
        long sequence,
        String group,
        long line,
        String text,
        SortedMap<String, String> values,
        String note,
        String run) {
    static final JsonMapper JSON = new JsonMapper();

    /** Where it comes from. */
    enum Kind {
        /** The raw zone. */
        LINE,
        /** {@code rejected_rows}. */
        REJECTED,
        /** {@code waiting_rows}. */
        WAITING,
        /** {@code sales_base} or {@code sales_delta}. */
        FACT,
        /** A published file that cannot be read to its end; the text is its path. */
        DAMAGED
    }

    static Item damaged(String path) {
        return new Item(Kind.DAMAGED, 0, "", 0, path, new TreeMap<>(), "", "");
    }
}
