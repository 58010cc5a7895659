package com.qcompany.batch.load;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What loaded records of a feed show of the keys of dimensions, folded to few rows: a customer buys often, but has one
 * name in a group. Where lines of a file differ the last one counts, and for the overwritten columns the last that has
 * them; the dimensions' job folds on, by the positions that a row keeps. Not thread-safe.
 */
final class Observations implements LoadReducer.Records {
    private static final int MAX_HELD = 50_000;
    private final List<PlannedFile> files;
    private final LoadReducer.Output out;
    private final List<OfDimension> dimensions = new ArrayList<>();

    Observations(Feed feed, LoadPlan plan, LoadReducer.Output out) {
        this.files = plan.files();
        this.out = out;
        for (OutputMapping mapping : feed.mappings()) {
            StarSchema.dimension(mapping.table().name())
                    .ifPresent(dimension -> dimensions.add(new OfDimension(mapping, dimension)));
        }
    }

    @Override
    public void add(String id, long place, Row record) throws IOException, InterruptedException {
        long group = files.get(Line.fileOf(place)).group().sequence();
        for (OfDimension dimension : dimensions) {
            dimension.add(record, group, Line.offsetOf(place));
            if (dimension.held.size() >= MAX_HELD) {
                dimension.flush(out);
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (OfDimension dimension : dimensions) {
            dimension.flush(out);
        }
    }

    /** A key as one group shows it. */
    private record Shown(Object key, long group) {}

    private static final class OfDimension {
        private final OutputMapping mapping;
        private final Dimension dimension;
        private final Table table;
        private final Map<Shown, Row> held = new HashMap<>();

        OfDimension(OutputMapping mapping, Dimension dimension) {
            this.mapping = mapping;
            this.dimension = dimension;
            this.table = JobTables.observations(dimension);
        }

        void add(Row record, long group, long position) {
            Row row = mapping.row(record);
            if (dimension.hasExtras()) {
                row.copy(Dimension.EXTRAS, record);
            }
            Object key = row.require(dimension.key(), Object.class);
            Row shown = held.computeIfAbsent(new Shown(key, group), any -> new Row(table)
                    .copy(dimension.key(), row)
                    .set(JobTables.GROUP_SEQUENCE, group)
                    .set(JobTables.POSITION, -1L)
                    .set(JobTables.OVERWRITTEN_POSITION, -1L));
            if (position > shown.require(JobTables.POSITION, Long.class)) {
                shown.set(JobTables.POSITION, position);
                dimension.describing().forEach(column -> shown.copy(column, row));
            }
            List<String> overwritten = dimension.overwritten();
            if (!overwritten.isEmpty()
                    && row.get(overwritten.get(0)) != null
                    && position > shown.require(JobTables.OVERWRITTEN_POSITION, Long.class)) {
                shown.set(JobTables.OVERWRITTEN_POSITION, position);
                overwritten.forEach(column -> shown.copy(column, row));
            }
        }

        void flush(LoadReducer.Output out) throws IOException, InterruptedException {
            for (Row shown : held.values()) {
                out.write("", shown);
            }
            held.clear();
        }
    }
}
