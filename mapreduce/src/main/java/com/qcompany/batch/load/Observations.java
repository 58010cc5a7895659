package com.qcompany.batch.load;

import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.batch.job.JobTables;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What loaded records show of the keys of one dimension, folded to few rows: a customer buys often, but has one name in a
 * group. Where lines of a file differ the last one counts, and for the overwritten columns the last that has them; the
 * dimensions' job folds on, by the positions that a row keeps. Not thread-safe.
 */
final class Observations {
    private static final int MAX_HELD = 50_000;
    private final OutputMapping mapping;
    private final Dimension dimension;
    private final Table table;
    private final int overwriteField;
    private final Map<Shown, Folded> held = new HashMap<>();

    /** A key as one group shows it. */
    private record Shown(Object key, long group) {}

    /** The last record of a key, and the last that sets the overwritten columns. */
    private static final class Folded {
        private long position = -1;
        private @Nullable Row row;
        private long overwrittenPosition = -1;
        private @Nullable Row overwriting;
    }

    /** Where rows go. */
    interface Output {
        void write(String partition, Row row) throws IOException, InterruptedException;
    }

    private Observations(OutputMapping mapping, Dimension dimension) {
        this.mapping = mapping;
        this.dimension = dimension;
        this.table = JobTables.observations(dimension);
        this.overwriteField = dimension.overwritten().isEmpty()
                ? -1
                : mapping.fieldOf(dimension.overwritten().get(0));
    }

    /** One for each dimension that a feed's records fill. */
    static List<Observations> of(List<OutputMapping> mappings) {
        return mappings.stream()
                .flatMap(mapping -> StarSchema.DIMENSION_DECLARATIONS.stream()
                        .filter(dimension -> dimension.table().equals(mapping.table()))
                        .map(dimension -> new Observations(mapping, dimension)))
                .toList();
    }

    /**
     * Takes what a record shows.
     *
     * @param values the record's values
     * @param group ledger record of its group
     * @param position where its line begins in the file
     */
    void add(@Nullable Object[] values, long group, long position, Output out)
            throws IOException, InterruptedException {
        Folded folded = held.computeIfAbsent(new Shown(mapping.key(values), group), any -> new Folded());
        if (position > folded.position) {
            folded.position = position;
            folded.row = mapping.row(values);
        }
        if (overwriteField >= 0 && values[overwriteField] != null && position > folded.overwrittenPosition) {
            folded.overwrittenPosition = position;
            folded.overwriting = mapping.row(values);
        }
        if (held.size() >= MAX_HELD) {
            flush(out);
        }
    }

    /** Writes what is held. */
    void flush(Output out) throws IOException, InterruptedException {
        for (Map.Entry<Shown, Folded> shown : held.entrySet()) {
            out.write("", row(shown.getKey().group(), shown.getValue()));
        }
        held.clear();
    }

    private Row row(long group, Folded folded) {
        Row row = new Row(table)
                .set(JobTables.GROUP_SEQUENCE, group)
                .set(JobTables.POSITION, folded.position)
                .set(JobTables.OVERWRITTEN_POSITION, folded.overwrittenPosition);
        copy(dimension.key(), folded.row, row);
        dimension.describing().forEach(column -> copy(column, folded.row, row));
        dimension.overwritten().forEach(column -> copy(column, folded.overwriting, row));
        return row;
    }

    private void copy(String column, @Nullable Row from, Row to) {
        if (from != null) {
            to.copy(table.indexOf(column), from, dimension.table().indexOf(column));
        }
    }
}
