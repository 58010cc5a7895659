package com.qcompany.warehouse.schema;

import com.qcompany.warehouse.schema.ColumnType.Kind;
import com.qcompany.warehouse.schema.Table.Storage;
import java.util.ArrayList;
import java.util.List;

/**
 * A dimension: a table of versions of what its key names, with the role of each of its columns.
 *
 * @param table its declaration: the key, the describing and overwritten columns, then the five columns of the history
 * @param key column that identifies what the versions are of
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

    static Dimension declare(
            String name, String comment, Column key, List<Column> describing, List<Column> overwritten) {
        List<Column> columns = new ArrayList<>();
        columns.add(key);
        columns.addAll(describing);
        columns.addAll(overwritten);
        columns.add(Column.required(
                VERSION_NUMBER, Kind.INT, "1 for the first version of a key, in the order of the source"));
        columns.add(Column.required(
                VALID_FROM, Kind.TIMESTAMP, "Source hour of the first group that shows this version, UTC"));
        columns.add(Column.optional(
                VALID_TO, Kind.TIMESTAMP, "Source hour of the first group that shows the next; null if current"));
        columns.add(Column.required(IS_CURRENT, Kind.BOOLEAN, "Whether no later version is known"));
        columns.add(Column.required(
                        SEEN_IN,
                        Kind.TEXT,
                        "Groups in which this version was seen: a RoaringBitmap of group_sequence, in base64")
                .distinct());
        Table table = new Table(
                name,
                comment,
                Storage.VERSIONED_TABLE,
                columns,
                List.of(),
                List.of(key.name(), VERSION_NUMBER),
                List.of(new Check(
                        "current_has_no_end", "is_current = (valid_to IS NULL)", "The current version is open-ended")));
        return new Dimension(table, key.name(), names(describing), names(overwritten));
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }
}
