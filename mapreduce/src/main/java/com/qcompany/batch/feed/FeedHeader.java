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
    private final List<String> names;
    private final List<Integer> fields;
    private final int named;

    private FeedHeader(Feed feed, List<String> names, List<Integer> fields, int named) {
        this.feed = feed;
        this.names = names;
        this.fields = fields;
        this.named = named;
    }

    /**
     * Binds column names to a feed. A column without a name is known as {@code column_} and its number from 1.
     *
     * @param file name for messages
     * @throws IllegalArgumentException if it is no header of the feed, has a column twice, or lacks one that must not
     *     be missing
     */
    public static FeedHeader bind(Feed feed, String file, List<String> names) {
        Map<String, Integer> fieldOfName = fieldsByName(feed);
        if (names.stream().noneMatch(name -> fieldOfName.containsKey(normal(name)))) {
            throw cannotBind(
                    feed,
                    file,
                    "it has none of its columns, so its first line is no header (expected %s; found: %s)"
                            .formatted(
                                    feed.columns().stream()
                                            .map(FeedColumn::name)
                                            .toList(),
                                    names));
        }
        List<Integer> fields = new ArrayList<>();
        List<String> received = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        int named = 0;
        for (String given : names) {
            String name = given.isBlank() ? "column_" + (received.size() + 1) : given;
            Integer field = fieldOfName.getOrDefault(normal(name), EXTRA);
            if (!seen.add(field == EXTRA ? normal(name) : field)) {
                throw cannotBind(feed, file, "column %s is there twice (header: %s)".formatted(name, names));
            }
            fields.add(field);
            received.add(name);
            named = given.isBlank() ? named : received.size();
        }
        requireAll(feed, file, fields, names);
        return new FeedHeader(feed, received, fields, named);
    }

    private static void requireAll(Feed feed, String file, List<Integer> fields, List<String> names) {
        for (int field = 0; field < feed.columns().size(); field++) {
            FeedColumn column = feed.columns().get(field);
            if (!fields.contains(field) && !column.mayBeMissing()) {
                throw cannotBind(
                        feed,
                        file,
                        "column %s is missing (expected one of %s; header: %s)"
                                .formatted(column.name(), column.headerNames(), names));
            }
        }
    }

    private static IllegalArgumentException cannotBind(Feed feed, String file, String reason) {
        return new IllegalArgumentException(
                "Cannot bind header of %s to feed %s: %s".formatted(file, feed.name(), reason));
    }

    private static Map<String, Integer> fieldsByName(Feed feed) {
        Map<String, Integer> fields = new HashMap<>();
        for (int field = 0; field < feed.columns().size(); field++) {
            for (String name : feed.columns().get(field).headerNames()) {
                fields.put(normal(name), field);
            }
        }
        return fields;
    }

    /** The feed. */
    public Feed feed() {
        return feed;
    }

    /** Number of columns in the file. */
    int size() {
        return fields.size();
    }

    /** Number of columns up to the last that has a name: what is behind it are trailing commas. */
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
