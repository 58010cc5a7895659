package com.qcompany.batch.feed;

import java.io.IOException;
import java.io.InputStream;
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

    /**
     * The header of a file.
     *
     * @param names column names as received
     * @param dataOffset offset in the file of the first byte behind the header's record
     */
    public record Line(List<String> names, long dataOffset) {
        public Line {
            names = List.copyOf(names);
        }
    }

    private final Feed feed;
    private final List<String> names;
    private final int[] fieldOfPosition;
    private final int fewestFields;

    private FeedHeader(Feed feed, List<String> names, int[] fieldOfPosition) {
        this.feed = feed;
        this.names = names;
        this.fieldOfPosition = fieldOfPosition;
        int fewest = fieldOfPosition.length;
        while (fewest > 1 && mayBeLeftOut(fieldOfPosition[fewest - 1])) {
            fewest--;
        }
        this.fewestFields = fewest;
    }

    /**
     * Reads the first record of a file, without a byte order mark.
     *
     * @param in the file from its beginning; read further than the header, and not closed
     * @param file name for messages
     * @throws IllegalArgumentException if the file has no record, or its first is no UTF-8 or no CSV
     */
    public static Line read(InputStream in, String file, int maxRecordBytes) throws IOException {
        CsvRecordReader records = new CsvRecordReader(in, 0, Long.MAX_VALUE, true, maxRecordBytes);
        if (!records.next()) {
            throw new IllegalArgumentException("Cannot read header of %s: the file is empty".formatted(file));
        }
        return new Line(names(records, file), records.offset() + records.length());
    }

    /** The column names in the current record of a reader. */
    static List<String> names(CsvRecordReader records, String file) {
        RecordText text = RecordText.decode(records.buffer(), records.start(), records.length());
        CsvFields fields = new CsvFields();
        if (records.truncated() || !text.utf8() || !fields.split(text.text())) {
            throw new IllegalArgumentException("Cannot read header of %s: %s (expected one RFC 4180 record in UTF-8)"
                    .formatted(
                            file,
                            text.text().substring(0, Math.min(200, text.text().length()))));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fields.count(); i++) {
            names.add(fields.field(i));
        }
        return names;
    }

    /**
     * Binds column names to a feed. A column without a name is known as {@code column_} and its number from 1.
     *
     * @param file name for messages
     * @throws IllegalArgumentException if a column is there twice, or one is missing that is not optional at the end
     */
    public static FeedHeader bind(Feed feed, String file, List<String> names) {
        Map<String, Integer> fieldOfName = fieldsByName(feed);
        int[] fieldOfPosition = new int[names.size()];
        List<String> received = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < fieldOfPosition.length; i++) {
            String name = names.get(i).isBlank() ? "column_" + (i + 1) : names.get(i);
            Integer field = fieldOfName.get(normal(name));
            if (!seen.add(field == null ? normal(name) : field)) {
                throw new IllegalArgumentException(
                        "Cannot bind header of %s to feed %s: column %s is there twice (header: %s)"
                                .formatted(file, feed.name(), name, names));
            }
            fieldOfPosition[i] = field == null ? EXTRA : field;
            received.add(name);
        }
        for (int field = 0; field < feed.columns().size(); field++) {
            FeedColumn column = feed.columns().get(field);
            if (!seen.contains(field) && !column.trailingOptional()) {
                throw new IllegalArgumentException(
                        "Cannot bind header of %s to feed %s: column %s is missing (expected one of %s; header: %s)"
                                .formatted(file, feed.name(), column.name(), column.headerNames(), names));
            }
        }
        return new FeedHeader(feed, received, fieldOfPosition);
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
        return fieldOfPosition.length;
    }

    /** Fewest fields that a record may have. */
    int fewestFields() {
        return fewestFields;
    }

    /** Field that a position fills, or {@link #EXTRA}. */
    int field(int position) {
        return fieldOfPosition[position];
    }

    /** Name of a position's column as received. */
    String name(int position) {
        return names.get(position);
    }

    /** Position of a field's column, or -1 where the header lacks it. */
    int position(int field) {
        for (int i = 0; i < fieldOfPosition.length; i++) {
            if (fieldOfPosition[i] == field) {
                return i;
            }
        }
        return -1;
    }

    private boolean mayBeLeftOut(int field) {
        return field == EXTRA || feed.columns().get(field).trailingOptional();
    }

    private static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
