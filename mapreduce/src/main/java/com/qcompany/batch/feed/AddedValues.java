package com.qcompany.batch.feed;

import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values that sales have in the columns that their contract adds, read as a load reads them now, also where they were
 * rescued before the column was added. Not thread-safe.
 */
public final class AddedValues {
    private final FeedHeader header;
    private final OutputMapping mapping;
    private final List<FeedColumn> columns;
    private final List<ColumnReader> readers;

    public AddedValues(Feed feed) {
        List<String> names = feed.columns().stream().map(FeedColumn::name).toList();
        this.header = FeedHeader.bind(feed, feed.name(), names);
        this.mapping = feed.mainMapping();
        this.columns = AddedColumns.added(feed);
        this.readers = feed.readers(Clock.systemUTC());
    }

    /** Texts of a sale's values by column; none where it has no value. */
    public Map<String, String> of(Row sale) {
        if (columns.isEmpty() || !(sale.get(Dimension.EXTRAS) instanceof Map<?, ?> extras)) {
            return Map.of();
        }
        Map<String, String> values = new TreeMap<>();
        for (FeedColumn column : columns) {
            column.headerNames().stream()
                    .map(extras::get)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(received -> read(column, received.toString()))
                    .ifPresent(value -> values.put(column.name(), value));
        }
        return values;
    }

    /** Whether a sale has no value of a column, where one that was rescued before the column was added may have one. */
    public boolean lacksAny(Row sale) {
        return of(sale).size() < columns.size();
    }

    /** The digest of a sale with these values; without any the one of its mapped columns. */
    public long digest(Row sale) {
        return mapping.digest(sale, of(sale));
    }

    /** A text that is no value of the column stays as it is; a date may stand there as loads write it. */
    private @Nullable String read(FeedColumn column, String text) {
        int field = header.feed().indexOf(column.name());
        RowDraft row = new RowDraft(header, header.feed().fields(), List.of());
        readers.get(field).read(text, row);
        Object value = row.outcome(Map.of()) instanceof Accepted ? row.values()[field] : text;
        return value == null ? null : OutputMapping.text(value);
    }
}
