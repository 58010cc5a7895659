package com.qcompany.warehouse.schema;

import com.qcompany.warehouse.schema.Table.Storage;
import java.util.List;

/**
 * A dimension: a table of versions of what its key names, with the role of each of its columns.
 *
 * @param table its declaration: the key, the describing and overwritten columns, then the five columns of the history
 * @param describing type 2 columns: a change makes a new version
 * @param overwritten type 1 columns: the last known values, the same in every version of a key
 */
public record Dimension(Table table, String key, List<String> describing, List<String> overwritten) {

    /** Place of a version in the history of its key; versions are numbered anew when a late group slots in. */
    public static final String VERSION_NUMBER = "version_number";
    /** When a version came into force. */
    public static final String VALID_FROM = "valid_from";
    /** When a version ceased to be in force; null for the current one. */
    public static final String VALID_TO = "valid_to";
    /** Whether a version is the last known. */
    public static final String IS_CURRENT = "is_current";
    /** Every group in which a version was seen: what a late group needs to find its place. */
    public static final String SEEN_IN = "seen_in";

    /** Type 1 column with the values of columns that a feed does not declare. */
    public static final String EXTRAS = "extras";

    private static final String EXTRAS_SEEN_IN = "extras_seen_in";

    private static final String HISTORY =
            """

            version_number  int key          1 for the first version of a key, in the order of the source
            valid_from      timestamp        Source hour of the first group that shows this version, UTC
            valid_to        timestamp?       Source hour of the first group that shows the next; null if current
            is_current      boolean          Whether no later version is known
            seen_in         string distinct  Groups in which this version was seen: a RoaringBitmap of group_sequence, in base64""";

    private static final Check OPEN_END =
            new Check("current_has_no_end", "is_current = (valid_to IS NULL)", "The current version is open-ended");

    /** A dimension of a key, describing columns and those that are marked as overwritten. */
    static Dimension declare(String text) {
        Declaration own = Declaration.parse(text);
        Table table = Declaration.parse(text + HISTORY).toTable(Storage.VERSIONED_TABLE, List.of(OPEN_END));
        List<String> overwritten = own.names("overwritten");
        String key = own.names("key").get(0);
        List<String> describing = own.columns().stream()
                .map(Column::name)
                .filter(name -> !name.equals(key) && !overwritten.contains(name))
                .toList();
        return new Dimension(table, key, describing, overwritten);
    }

    /** Whether it has columns for what a feed does not declare. */
    public boolean hasExtras() {
        return table.has(EXTRAS);
    }

    /** Whether a feed fills a column; a load fills those of the history and the extras. */
    public boolean isFilledByFeed(String column) {
        return column.equals(key)
                || describing.contains(column)
                || overwritten.contains(column) && !column.equals(EXTRAS) && !column.equals(EXTRAS_SEEN_IN);
    }
}
