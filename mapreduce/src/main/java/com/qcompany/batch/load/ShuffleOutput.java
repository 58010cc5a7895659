package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;

/** Sends rows into the shuffle under the keys that the reducers expect; to be flushed at the end. */
final class ShuffleOutput {

    private static final int SALES = LoadTables.ordinal(StarSchema.SALES_TRANSACTIONS_FACT);

    private final TaskInputOutputContext<?, ?, ShuffleKey, ShuffleValue> context;
    private final ShuffleKey key = new ShuffleKey();
    private final ShuffleValue value = new ShuffleValue();
    private final RowBlocks blocks = new RowBlocks(this::send);
    private final LoadPlan plan;
    private final String[] reducers;
    private final Set<String> announced = new HashSet<>();

    ShuffleOutput(LoadPlan plan, TaskInputOutputContext<?, ?, ShuffleKey, ShuffleValue> context) {
        this.context = context;
        this.plan = plan;
        this.reducers =
                IntStream.range(0, plan.reducers()).mapToObj(Integer::toString).toArray(String[]::new);
    }

    /** A sale. */
    void sale(String date, PlacedRow sale) throws IOException, InterruptedException {
        blocks.add(SALES, date, sale);
    }

    /** What a file shows of a thing up to an offset. */
    void shown(Object thing, int file, long offset, Row row) throws IOException, InterruptedException {
        String reducer = reducers[plan.reducerOf(row.table(), thing)];
        PlacedRow placed = new PlacedRow(RowPlace.of(thing, file, offset), 0, row);
        blocks.add(LoadTables.ordinal(row.table()), reducer, placed);
    }

    /** A rejected line of an hour. */
    void rejected(String hour, int file, long offset, Row row) throws IOException, InterruptedException {
        send(hour, file, offset, row);
    }

    /** What was counted of a file. */
    void tally(int file, FileTally tally) throws IOException, InterruptedException {
        send(Integer.toString(file), file, 0, tally.toRow(file));
    }

    /** Sends the rows that wait for others of their group. */
    void flush() throws IOException, InterruptedException {
        blocks.flush();
    }

    private void send(int table, String group, RowBlock block) throws IOException, InterruptedException {
        if (table == SALES && announced.add(group)) {
            send(group, 0, 0, new Row(LoadTables.TOUCHED_DATES).set("transaction_date", group));
        }
        context.write(key.set(table, group, 0, 0), value.set(table, block));
    }

    private void send(String group, int file, long offset, Row row) throws IOException, InterruptedException {
        context.write(key.set(LoadTables.ordinal(row.table()), group, file, offset), value.set(row));
    }
}
