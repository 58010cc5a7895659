package com.qcompany.batch.load;

import com.qcompany.warehouse.Row;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;

/** Sends rows into the shuffle under the keys that the reducers expect. */
final class ShuffleOutput {

    private static final String NO_ID = "";

    private final TaskInputOutputContext<?, ?, ShuffleKey, ShuffleValue> context;
    private final ShuffleKey key = new ShuffleKey();
    private final ShuffleValue value = new ShuffleValue();
    private final Set<String> announced = new HashSet<>();

    ShuffleOutput(TaskInputOutputContext<?, ?, ShuffleKey, ShuffleValue> context) {
        this.context = context;
    }

    /** A sale, and the first time its date. */
    void sale(String date, String id, int file, long offset, long digest, Row row)
            throws IOException, InterruptedException {
        if (announced.add(date)) {
            send(date, NO_ID, 0, 0, 0, new Row(LoadTables.TOUCHED_DATES).set("transaction_date", date));
        }
        send(date, id, file, offset, digest, row);
    }

    /** A known version of a thing, or what a file shows of it up to an offset. */
    void thing(String thing, int file, long offset, Row row) throws IOException, InterruptedException {
        send(thing, NO_ID, file, offset, 0, row);
    }

    /** A rejected line of an hour. */
    void rejected(String hour, int file, long offset, Row row) throws IOException, InterruptedException {
        send(hour, NO_ID, file, offset, 0, row);
    }

    /** What was counted of a file. */
    void tally(int file, FileTally tally) throws IOException, InterruptedException {
        send(Integer.toString(file), NO_ID, file, 0, 0, tally.toRow(file));
    }

    private void send(String group, String id, int file, long offset, long digest, Row row)
            throws IOException, InterruptedException {
        context.write(
                key.set(LoadTables.ordinal(row.table()), group, id, file, offset),
                value.set(file, offset, digest, row));
    }
}
