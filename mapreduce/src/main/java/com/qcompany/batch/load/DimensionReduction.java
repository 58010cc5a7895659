package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Merges the published versions of a reducer's things of one dimension, read where they lie, with what a load's files
 * show of them, and writes the dimension anew, ordered by key and version. Most things are not shown, and pass through.
 */
final class DimensionReduction {

    private final Dimension dimension;
    private final LoadPlan plan;
    private final int reducer;
    private final Configuration conf;
    private final DimensionHistory history;

    /** @param reducer number of the reducer */
    DimensionReduction(Dimension dimension, LoadPlan plan, int reducer, Configuration conf) {
        this.dimension = dimension;
        this.plan = plan;
        this.reducer = reducer;
        this.conf = conf;
        this.history = new DimensionHistory(dimension);
    }

    /** Takes the blocks of what files show, if any. */
    void reduce(Iterable<ShuffleValue> blocks, StagedRows out) throws IOException, InterruptedException {
        BlockFormat format = LoadTables.blockFormat(LoadTables.ordinal(dimension.table()));
        try (RowMerge rows = RowMerge.of(format, blocks)) {
            addPublished(rows);
            List<Row> thing = new ArrayList<>();
            RowPlace last = null;
            for (PlacedRow row = rows.next(); row != null; row = rows.next()) {
                if (last != null && !row.place().hasKeyOf(last)) {
                    write(thing, last, out);
                    thing.clear();
                }
                thing.add(row.row());
                last = row.place();
            }
            write(thing, last, out);
        }
    }

    private void addPublished(RowMerge rows) throws IOException {
        PublishedDimension published = plan.dimensions().get(dimension.table().name());
        if (published != null) {
            for (PublishedDimension.File file : published.filesOf(reducer)) {
                Optional<RowRun> run = PublishedRun.open(dimension, file, published.rangeOf(reducer), conf);
                run.ifPresent(rows::add);
            }
        }
    }

    /** @param last place of the last row: where that is published, no file shows the thing */
    private void write(List<Row> thing, @Nullable RowPlace last, StagedRows out)
            throws IOException, InterruptedException {
        boolean shown = last != null && !last.isPublished();
        for (Row version : shown ? history.merge(thing) : thing) {
            out.write(StagedRows.UNPARTITIONED, version);
        }
    }
}
