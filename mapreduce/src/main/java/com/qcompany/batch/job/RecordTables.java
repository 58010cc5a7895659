package com.qcompany.batch.job;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.Table;
import java.util.List;

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

    public Table of(Feed feed) {
        return tables.stream()
                .filter(table -> table.name().equals(name(feed)))
                .findFirst()
                .orElseThrow();
    }

    /** The row of an accepted record, without the place of its line. */
    public static Row row(Table table, Accepted record) {
        Row row = new Row(table);
        for (int i = 0; i < record.values().length; i++) {
            row.set(i, record.values()[i]);
        }
        return row.set(Dimension.EXTRAS, record.extras().isEmpty() ? null : record.extras());
    }

    /** Place of one of them or of another table. */
    public int ordinal(Table table) {
        for (int place = 0; place < tables.size(); place++) {
            if (tables.get(place).name().equals(table.name())) {
                return JobTables.count() + place;
            }
        }
        return JobTables.ordinal(table);
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
