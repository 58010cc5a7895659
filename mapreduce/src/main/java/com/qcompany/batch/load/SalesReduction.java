package com.qcompany.batch.load;

import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.load.FileTally.Sums;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.batch.load.SaleVerdict.Fate;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Merges a load's sales with the published ones, date by date: writes the new ones, sets their keys aside, and sets
 * aside as rejected those that change a published sale.
 */
final class SalesReduction implements Closeable {

    /** Rule that a sale breaks whose id is known with other values. */
    static final String CHANGED = "transaction_id_changed";

    private static final Table SALES = StarSchema.SALES_TRANSACTIONS_FACT;
    private static final BlockFormat FORMAT = LoadTables.blockFormat(LoadTables.ordinal(SALES));
    private static final int ID = SALES.indexOf("transaction_id");
    private static final int SOURCE_GROUP = SALES.indexOf("source_group");
    private static final int SOURCE_HOUR = SALES.indexOf("source_hour");
    private static final int RUN_ID = SALES.indexOf("run_id");

    private static final Table KEYS = StarSchema.TRANSACTION_KEYS;
    private static final int KEY_DATE = KEYS.indexOf("transaction_date");
    private static final int KEY_ID = KEYS.indexOf("transaction_id");
    private static final int KEY_DIGEST = KEYS.indexOf("content_digest");

    private final Configuration conf;
    private final LoadPlan plan;
    private final List<PlannedFile> files;
    private final List<Row> suppliedByFile;
    private final FileTallies tallies;
    private final RejectedRows rejectedRows;
    private final Set<String> dates = new TreeSet<>();
    private final RowSpool keys;
    private final Map<String, RowSpool> changed = new TreeMap<>();

    private @Nullable PublishedKeys published;

    SalesReduction(Configuration conf, LoadPlan plan, FileTallies tallies) throws IOException {
        this.conf = conf;
        this.plan = plan;
        this.files = plan.files();
        this.suppliedByFile = files.stream().map(this::supplied).toList();
        this.tallies = tallies;
        this.rejectedRows = new RejectedRows(plan.runId(), conf);
        this.keys = new RowSpool(StarSchema.TRANSACTION_KEYS);
    }

    /** Announces a date; all dates come before all sales. */
    void announce(String date) {
        dates.add(date);
    }

    /** Takes the blocks of sales of one date. */
    void reduce(String date, Iterable<ShuffleValue> blocks, StagedRows out) throws IOException, InterruptedException {
        SaleVerdict verdict = new SaleVerdict(published()::digestOf);
        Row keyOfDate = new Row(KEYS).set(KEY_DATE, date).encode();
        try (RowMerge sales = RowMerge.of(FORMAT, blocks)) {
            for (PlacedRow sale = sales.next(); sale != null; sale = sales.next()) {
                Row key = key(keyOfDate, sale);
                conclude(sale, key, verdict.of(key), date, out);
            }
        }
    }

    private void conclude(PlacedRow sale, Row key, Fate fate, String date, StagedRows out)
            throws IOException, InterruptedException {
        int file = sale.place().file();
        FileTally tally = tallies.of(file);
        Sums sums = Sums.of(sale.row());
        switch (fate) {
            case LOADED -> {
                out.write(date, fromSource(sale.row(), file));
                keys.add(key);
                tally.load(sums);
            }
            case DUPLICATE -> tally.duplicate(sums);
            case CHANGED -> {
                reject(files.get(file), sale.place());
                tally.rejectChange(sums);
            }
        }
    }

    /** Writes what was set aside. */
    void finish(StagedRows out) throws IOException, InterruptedException {
        keys.drainTo(key -> out.write(PublishedKeys.yearOf(key.text("transaction_date")), key));
        for (Map.Entry<String, RowSpool> hour : changed.entrySet()) {
            hour.getValue().drainTo(row -> out.write(hour.getKey(), row));
        }
    }

    private PublishedKeys published() throws IOException {
        if (published == null) {
            Layout layout = Layout.of(conf);
            Snapshot snapshot = Snapshots.read(layout.root().getFileSystem(conf), layout, plan.snapshot());
            published = PublishedKeys.open(conf, snapshot, dates);
        }
        return published;
    }

    /** What the load knows of every sale of a file. */
    private Row supplied(PlannedFile file) {
        return new Row(SALES)
                .set(SOURCE_GROUP, file.group().text())
                .set(SOURCE_HOUR, file.group().hour())
                .set(RUN_ID, plan.runId())
                .encode();
    }

    private Row fromSource(Row sale, int file) {
        Row supplied = suppliedByFile.get(file);
        return sale.copy(SOURCE_GROUP, supplied, SOURCE_GROUP)
                .copy(SOURCE_HOUR, supplied, SOURCE_HOUR)
                .copy(RUN_ID, supplied, RUN_ID);
    }

    private static Row key(Row ofDate, PlacedRow sale) {
        return new Row(KEYS)
                .copy(KEY_DATE, ofDate, KEY_DATE)
                .copy(KEY_ID, sale.row(), ID)
                .set(KEY_DIGEST, sale.digest());
    }

    private void reject(PlannedFile file, RowPlace place) throws IOException {
        String hour = RejectedRows.partition(file);
        RowSpool spool = changed.get(hour);
        if (spool == null) {
            spool = new RowSpool(StarSchema.REJECTED_ROWS);
            changed.put(hour, spool);
        }
        Rejected reason = new Rejected(
                List.of(CHANGED),
                "transaction_id",
                place.key(),
                "Cannot load sale %s: it was loaded before with other values (allowed: a repeat of the same values)"
                        .formatted(place.key()));
        spool.add(rejectedRows.row(file, place.offset(), rejectedRows.read(file, place.offset()), reason));
    }

    @Override
    public void close() throws IOException {
        if (published != null) {
            published.close();
        }
        keys.close();
        for (RowSpool spool : changed.values()) {
            spool.close();
        }
    }
}
