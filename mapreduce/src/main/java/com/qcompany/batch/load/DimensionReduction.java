package com.qcompany.batch.load;

import com.qcompany.warehouse.Dimension;
import com.qcompany.warehouse.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges the published versions of a reducer's things of one dimension with what a load's files show of them, and writes
 * the dimension anew, ordered by key and version. Most things are not shown, and pass through.
 */
final class DimensionReduction {

    private final BlockFormat format;
    private final DimensionHistory history;

    DimensionReduction(Dimension dimension) {
        this.format = LoadTables.blockFormat(LoadTables.ordinal(dimension.table()));
        this.history = new DimensionHistory(dimension);
    }

    /** Takes the blocks of all things. */
    void reduce(Iterable<ShuffleValue> blocks, StagedRows out) throws IOException, InterruptedException {
        try (RowMerge rows = RowMerge.of(format, blocks)) {
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

    /** @param last place of the last row: where that is published, no file shows the thing */
    private void write(List<Row> thing, @Nullable RowPlace last, StagedRows out)
            throws IOException, InterruptedException {
        boolean shown = last != null && !last.isPublished();
        for (Row version : shown ? history.merge(thing) : thing) {
            out.write(StagedRows.UNPARTITIONED, version);
        }
    }
}
