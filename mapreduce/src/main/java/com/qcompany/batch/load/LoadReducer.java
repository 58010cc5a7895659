package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.mapreduce.Reducer;
import org.jspecify.annotations.Nullable;

/** Turns groups of sorted rows into staged files; the package says what comes in which order. */
final class LoadReducer extends Reducer<ShuffleKey, ShuffleValue, String, Row> {

    private final FileTallies tallies = new FileTallies();
    private final Set<Dimension> unchanged = new LinkedHashSet<>(StarSchema.DIMENSION_DECLARATIONS);
    private @Nullable LoadPlan plan;
    private @Nullable SalesReduction sales;

    @Override
    protected void setup(Context context) throws IOException {
        plan = LoadPlan.of(context.getConfiguration());
        sales = new SalesReduction(context.getConfiguration(), plan, tallies);
    }

    @Override
    protected void reduce(ShuffleKey key, Iterable<ShuffleValue> values, Context context)
            throws IOException, InterruptedException {
        String group = key.group();
        StagedRows out = context::write;
        Table table = key.table();
        Optional<Dimension> dimension = LoadTables.dimension(table);
        if (dimension.isPresent()) {
            unchanged.remove(dimension.get());
            reduction(dimension.get(), context).reduce(values, out);
        } else if (table.equals(LoadTables.TOUCHED_DATES)) {
            Objects.requireNonNull(sales).announce(group);
        } else if (table.equals(StarSchema.SALES_TRANSACTIONS_FACT)) {
            Objects.requireNonNull(sales).reduce(group, values, out);
        } else if (table.equals(LoadTables.FILE_TALLIES)) {
            values.forEach(value -> tallies.of(FileTally.fileOf(value.row())).add(FileTally.of(value.row())));
        } else {
            for (ShuffleValue value : values) {
                out.write(group, value.row());
            }
        }
    }

    private DimensionReduction reduction(Dimension dimension, Context context) {
        int reducer = context.getTaskAttemptID().getTaskID().getId();
        return new DimensionReduction(dimension, Objects.requireNonNull(plan), reducer, context.getConfiguration());
    }

    @Override
    protected void cleanup(Context context) throws IOException, InterruptedException {
        for (Dimension dimension : unchanged) {
            reduction(dimension, context).reduce(List.of(), context::write);
        }
        try (SalesReduction finished = Objects.requireNonNull(sales)) {
            finished.finish(context::write);
        }
        for (Map.Entry<Integer, FileTally> tally : tallies.byFile().entrySet()) {
            context.write(StagedRows.UNPARTITIONED, tally.getValue().toRow(tally.getKey()));
        }
    }
}
