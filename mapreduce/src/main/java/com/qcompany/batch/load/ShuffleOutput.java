package com.qcompany.batch.load;

import com.qcompany.warehouse.Row;
import com.qcompany.warehouse.StarSchema;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;

/** Sends rows into the shuffle under the keys that the reducers expect; to be flushed at the end. */
final class ShuffleOutput {

    private static final int SALES = LoadTables.ordinal(StarSchema.SALES_TRANSACTIONS_FACT);

    private final TaskInputOutputContext<?, ?, ShuffleKey, ShuffleValue> context;
    private final ShuffleKey key = new ShuffleKey();
    private final ShuffleValue value = new ShuffleValue();
    private final SaleBlocks sales = new SaleBlocks(this::send);
    private final Set<String> announced = new HashSet<>();

    ShuffleOutput(TaskInputOutputContext<?, ?, ShuffleKey, ShuffleValue> context) {
        this.context = context;
    }

    /** A sale. */
    void sale(String date, Sale sale) throws IOException, InterruptedException {
        sales.add(date, sale);
    }

    /** A known version of a thing, or what a file shows of it up to an offset. */
    void thing(String thing, int file, long offset, Row row) throws IOException, InterruptedException {
        send(thing, file, offset, row);
    }

    /** A rejected line of an hour. */
    void rejected(String hour, int file, long offset, Row row) throws IOException, InterruptedException {
        send(hour, file, offset, row);
    }

    /** What was counted of a file. */
    void tally(int file, FileTally tally) throws IOException, InterruptedException {
        send(Integer.toString(file), file, 0, tally.toRow(file));
    }

    /** Sends the sales that wait for others of their date. */
    void flush() throws IOException, InterruptedException {
        sales.flush();
    }

    private void send(String date, SaleBlock block) throws IOException, InterruptedException {
        if (announced.add(date)) {
            send(date, 0, 0, new Row(LoadTables.TOUCHED_DATES).set("transaction_date", date));
        }
        context.write(key.set(SALES, date, 0, 0), value.set(block));
    }

    private void send(String group, int file, long offset, Row row) throws IOException, InterruptedException {
        context.write(key.set(LoadTables.ordinal(row.table()), group, file, offset), value.set(row));
    }
}
