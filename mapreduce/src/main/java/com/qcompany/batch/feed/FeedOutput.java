package com.qcompany.batch.feed;

import static com.qcompany.batch.feed.Contract.orEmpty;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * A table that a feed's records go to. A column of the table is filled from the field of its name unless it is renamed
 * or supplied; every column must be one of the three.
 *
 * @param table name of the table
 * @param renamed field by column, where their names differ
 * @param supplied columns that the load fills, such as the source and the run
 */
public record FeedOutput(
        @JsonProperty(required = true) String table, Map<String, String> renamed, List<String> supplied) {

    public FeedOutput {
        renamed = renamed == null ? Map.of() : Map.copyOf(renamed);
        supplied = orEmpty(supplied);
    }

    /** The field that fills a column. */
    String fieldFor(String column) {
        return renamed.getOrDefault(column, column);
    }
}
