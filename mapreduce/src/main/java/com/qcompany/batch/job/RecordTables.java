package com.qcompany.batch.job;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The accepted records of a load's feeds, before anything is decided about them: a table a feed. In the shuffle they come
 * after those of {@link JobTables}.
 */
public record RecordTables(List<Table> tables) {
    /** Those of a job that has none. */
    static final RecordTables NONE = new RecordTables(List.of());

    /** The tables of some feeds, in their order. */
    public static RecordTables of(FeedCatalog feeds) {
        return new RecordTables(feeds.feeds().stream()
                .map(feed -> JobTables.internal(
                        name(feed),
                        feed.fields(),
                        "extras  map<string,string>?  Undeclared fields",
                        "split_start  bigint  Where the split of its line starts in the file",
                        "split_line  bigint  Line number from there"))
                .toList());
    }

    /** The table of a feed. */
    public Table of(Feed feed) {
        return tables.stream()
                .filter(table -> table.name().equals(name(feed)))
                .findFirst()
                .orElseThrow();
    }

    /** The values of a row, by field index. */
    public static @Nullable Object[] values(Feed feed, Row record) {
        @Nullable Object[] values = new @Nullable Object[feed.fields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = record.get(i);
        }
        return values;
    }

    /** Place of one of them or of another table. */
    public int ordinal(Table table) {
        int place = tables.indexOf(table);
        return place < 0 ? JobTables.ordinal(table) : JobTables.count() + place;
    }

    /** The table at a place. */
    public Table table(int ordinal) {
        int place = ordinal - JobTables.count();
        return place < 0 ? JobTables.table(ordinal) : tables.get(place);
    }

    private static String name(Feed feed) {
        return "feed_" + feed.name();
    }
}
