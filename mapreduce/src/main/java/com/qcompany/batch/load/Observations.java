package com.qcompany.batch.load;

import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of one file show of the things of one dimension, folded to one row a thing: a customer buys often, but
 * has one name in a group. Where lines differ the last one wins, and for the overwritten columns the last that has them.
 */
final class Observations {

    private static final int MOST_HELD = 50_000;

    private final OutputMapping mapping;
    private final int overwriteField;
    private final int[] overwritten;
    private final Map<Object, Seen> byKey = new HashMap<>();

    /** The last row of a thing, and the last that overwrites something. */
    private static final class Seen {

        private Row last;
        private @Nullable Row overwriting;

        Seen(Row last) {
            this.last = last;
        }
    }

    /** What is done with a thing's row. */
    interface Target {
        void accept(Object key, Row row) throws IOException, InterruptedException;
    }

    Observations(OutputMapping mapping, Dimension dimension) {
        this.mapping = mapping;
        this.overwriteField = dimension.overwritten().isEmpty()
                ? -1
                : mapping.fieldOf(dimension.overwritten().get(0));
        this.overwritten = dimension.overwritten().stream()
                .mapToInt(dimension.table()::indexOf)
                .toArray();
    }

    /** Takes what a line shows; true when enough is held and should be flushed. */
    boolean add(@Nullable Object[] values) {
        boolean overwrites = overwriteField >= 0 && values[overwriteField] != null;
        Object key = mapping.key(values);
        Row row = mapping.row(values);
        Seen seen = byKey.computeIfAbsent(key, any -> new Seen(row));
        seen.last = row;
        if (overwrites) {
            seen.overwriting = row;
        }
        return byKey.size() >= MOST_HELD;
    }

    /** Hands over a row for each thing and forgets them. */
    void flush(String group, Target target) throws IOException, InterruptedException {
        for (Map.Entry<Object, Seen> thing : byKey.entrySet()) {
            target.accept(thing.getKey(), row(group, thing.getValue()));
        }
        byKey.clear();
    }

    private Row row(String group, Seen seen) {
        Row row = seen.last.set(Dimension.SEEN_IN, List.of(group));
        if (seen.overwriting != null) {
            for (int column : overwritten) {
                row.copy(column, seen.overwriting, column);
            }
            row.set(overwritten[overwritten.length - 1], group);
        }
        return row;
    }
}
