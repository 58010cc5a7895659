package com.qcompany.batch.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A file's header bound to its feed: which field each position fills. Names are compared trimmed and in any case, by
 * alias too, in any order.
 */
public final class FeedHeader {

    /** Marks a position whose column the feed does not declare. */
    static final int EXTRA = -1;

    private final Feed feed;
    private final List<String> names = new ArrayList<>();
    private final List<Integer> fields = new ArrayList<>();
    private int named;

    private FeedHeader(Feed feed, List<String> given) {
        this.feed = feed;
        Map<String, Integer> fieldOfName = new HashMap<>();
        for (int field = 0; field < feed.columns().size(); field++) {
            for (String name : feed.columns().get(field).headerNames()) {
                fieldOfName.put(normal(name), field);
            }
        }
        Set<Object> seen = new HashSet<>();
        for (String received : given) {
            String name = received.isBlank() ? "column_" + (names.size() + 1) : received;
            int field = fieldOfName.getOrDefault(normal(name), EXTRA);
            require(
                    seen.add(field == EXTRA ? normal(name) : field),
                    "column %s is there twice (header: %s)",
                    name,
                    given);
            names.add(name);
            fields.add(field);
            named = received.isBlank() ? named : names.size();
        }
        require(
                fields.stream().anyMatch(field -> field != EXTRA),
                "it has none of its columns, so its first line is no header (expected %s; found: %s)",
                feed.columns().stream().map(FeedColumn::name).toList(),
                given);
        for (int field = 0; field < feed.columns().size(); field++) {
            FeedColumn column = feed.columns().get(field);
            require(
                    fields.contains(field) || column.mayBeMissing(),
                    "column %s is missing (expected one of %s; header: %s)",
                    column.name(),
                    column.headerNames(),
                    given);
        }
    }

    /**
     * Binds column names to a feed. A column without a name is known as {@code column_} and its number from 1.
     *
     * @param file name for messages
     * @throws IllegalArgumentException if it is no header of the feed, has a column twice, or lacks one that must not
     *     be missing
     */
    public static FeedHeader bind(Feed feed, String file, List<String> names) {
        try {
            return new FeedHeader(feed, names);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot bind header of %s to feed %s: %s".formatted(file, feed.name(), e.getMessage()), e);
        }
    }

    private static void require(boolean holds, String reason, Object... found) {
        if (!holds) {
            throw new IllegalArgumentException(reason.formatted(found));
        }
    }

    /** The feed. */
    public Feed feed() {
        return feed;
    }

    /** Number of columns in the file. */
    int size() {
        return fields.size();
    }

    /** Number of columns up to the last that has a name: what is after it are trailing commas. */
    int named() {
        return named;
    }

    /** Fewest fields that a record may have: it may end before trailing columns that may be missing. */
    int fewestFields() {
        int fewest = fields.size();
        while (fewest > 1 && mayBeLeftOut(field(fewest - 1))) {
            fewest--;
        }
        return fewest;
    }

    /** Field that a position fills, or {@link #EXTRA}. */
    int field(int position) {
        return fields.get(position);
    }

    /** Name of a position's column as received. */
    String name(int position) {
        return names.get(position);
    }

    /** Position of a field's column, or -1 where the header lacks it. */
    int position(int field) {
        return fields.indexOf(field);
    }

    private boolean mayBeLeftOut(int field) {
        return field == EXTRA || feed.columns().get(field).mayBeMissing();
    }

    private static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
