package com.qcompany.batch.feed;

import com.qcompany.batch.feed.Contract.UnknownColumns;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A file's header bound to its feed: which field each position fills. Names are compared trimmed and in any case, by
 * alias too, in any order.
 */
public final class FeedHeader {

    /** Marks a position whose column the feed does not declare. */
    static final int EXTRA = -1;

    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[0-9]+,[0-9]{1,6}");

    private final Feed feed;
    private final List<String> names = new ArrayList<>();
    private final List<Integer> fields = new ArrayList<>();
    private int named;

    private FeedHeader(Feed feed, List<String> given, boolean taken) {
        this.feed = feed;
        Set<String> present = given.stream().map(FeedHeader::normal).collect(Collectors.toSet());
        Map<String, Integer> fieldOfName = new HashMap<>();
        for (int field = 0; field < feed.columns().size(); field++) {
            for (String name : feed.columns().get(field).headerNames()) {
                fieldOfName.put(normal(name), field);
                if (taken && present.contains(normal(name))) {
                    break; // a further name may be an alias that was given later
                }
            }
        }
        require( // before anything that names a header: what is none may say who a person is
                given.stream().anyMatch(name -> fieldOfName.containsKey(normal(name))),
                "none of the %d fields of its first line is a column, so that is no header (expected %s)",
                given.size(),
                feed.columns().stream().map(FeedColumn::name).toList());
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
    }

    private void requireDeclared() {
        require(
                feed.contract().body().customProperties().unknownColumns() != UnknownColumns.FAIL
                        || !fields.contains(EXTRA),
                "columns %s are unknown (its contract allows none; header: %s)",
                unknown(),
                names);
        for (int field = 0; field < feed.columns().size(); field++) {
            FeedColumn column = feed.columns().get(field);
            require(
                    fields.contains(field) || column.mayBeMissing(),
                    "column %s is missing (expected one of %s; header: %s)",
                    column.name(),
                    column.headerNames(),
                    names);
        }
    }

    /**
     * Binds column names of a file that comes in to a feed. A column without a name is known as {@code column_} and its
     * number from 1.
     *
     * @param file name for messages
     * @throws IllegalArgumentException if it is no header of the feed, has a column twice or one that must not be
     *     there, or lacks one that must not be missing
     */
    public static FeedHeader bind(Feed feed, String file, List<String> names) {
        return bind(feed, file, names, false);
    }

    /**
     * The same of a file that was taken, perhaps by an earlier contract: which columns may be there or missing was judged
     * then, and of two names of a column the first counts. Its records are judged by the contract of now.
     */
    public static FeedHeader bindTaken(Feed feed, String file, List<String> names) {
        return bind(feed, file, names, true);
    }

    private static FeedHeader bind(Feed feed, String file, List<String> names, boolean taken) {
        try {
            FeedHeader header = new FeedHeader(feed, names, taken);
            if (!taken) {
                header.requireDeclared();
            }
            return header;
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

    /** Names of the columns that the feed does not declare. */
    public List<String> unknown() {
        return IntStream.range(0, fields.size())
                .filter(position -> field(position) == EXTRA)
                .mapToObj(names::get)
                .toList();
    }

    /**
     * How it differs from the columns as they are declared, a few words each: names that are new, missing, or spelt
     * otherwise, and another order.
     */
    public List<String> drift() {
        List<String> found = new ArrayList<>();
        unknown().forEach(name -> found.add("new " + name));
        for (int field = 0; field < feed.columns().size(); field++) {
            String declared = feed.columns().get(field).name();
            int position = position(field);
            if (position < 0) {
                found.add("without " + declared);
            } else if (!names.get(position).equals(declared)) {
                found.add("%s as \"%s\"".formatted(declared, names.get(position)));
            }
        }
        List<Integer> known = fields.stream().filter(field -> field != EXTRA).toList();
        if (!known.equals(known.stream().sorted().toList())) {
            found.add("in another order");
        }
        return found;
    }

    /**
     * Refuses a file in most of whose first records a number has a decimal comma, in quotes or not: hardly one of its
     * records would be right.
     *
     * @throws IllegalArgumentException naming the column
     */
    public void requireDecimalPoints(String file, List<List<String>> records) {
        for (FeedColumn column : feed.columns()) {
            int position = position(feed.indexOf(column.name()));
            if (position >= 0 && column.columnType().kind() == Kind.DECIMAL) {
                long commas = records.stream()
                        .filter(record -> hasDecimalComma(record, position))
                        .count();
                require(
                        2 * commas <= records.size(),
                        "Cannot read %s: column %s has decimal commas in %d of its first %d records (expected points)",
                        file,
                        column.name(),
                        commas,
                        records.size());
            }
        }
    }

    private boolean hasDecimalComma(List<String> record, int position) {
        if (position >= record.size()) {
            return false;
        }
        // Without quotes the comma makes one field more of it.
        boolean oneMore =
                record.size() > size() && !record.get(record.size() - 1).isBlank();
        String number = oneMore ? record.get(position) + "," + record.get(position + 1) : record.get(position);
        return DECIMAL_COMMA.matcher(number.strip()).matches();
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

    static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
