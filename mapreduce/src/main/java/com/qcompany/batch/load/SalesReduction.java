package com.qcompany.batch.load;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.load.FileTally.Sums;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.batch.load.Observations.Output;
import com.qcompany.batch.load.TransactionKeys.Key;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides about accepted sales, which come ordered by id and then by source, with what is published: the first of an id
 * that is not published is loaded; a repeat of its values is a duplicate and says nothing new of anything; other values
 * under the same id are rejected. Sales of a refused group are never loaded.
 *
 * <p>Sales are decided in batches, each of which looks up its published keys at once. Not thread-safe.
 */
final class SalesReduction implements LoadReducer.Records {
    private static final Table FACT = StarSchema.SALES_TRANSACTIONS_FACT;
    private static final Table DELTA = StarSchema.SALES_DELTA;
    private static final int MAX_HELD = 20_000;

    private final LoadPlan plan;
    private final List<PlannedFile> files;
    private final OutputMapping mapping;
    private final Feed feed;
    private final TransactionKeys keys;
    private final ChangedSales changed;
    private final List<Observations> observations;
    private final FileTallies tallies;
    private final Output out;
    private final Map<String, List<AcceptedSale>> held = new LinkedHashMap<>();
    private int heldSales;

    SalesReduction(
            LoadPlan plan, Feed feed, TransactionKeys keys, ChangedSales changed, FileTallies tallies, Output out) {
        this.plan = plan;
        this.files = plan.files();
        this.keys = keys;
        this.changed = changed;
        this.tallies = tallies;
        this.out = out;
        this.feed = feed;
        List<OutputMapping> mappings = feed.mappings();
        this.mapping =
                mappings.stream().filter(FeedLines::isOfSales).findFirst().orElseThrow();
        this.observations = Observations.of(mappings);
    }

    /** Adds a sale. */
    @Override
    public void add(String id, long place, Row record) throws IOException, InterruptedException {
        if (heldSales >= MAX_HELD && !held.containsKey(id)) {
            flush();
        }
        PlannedFile file = files.get(RecordPlace.file(place));
        @Nullable Object[] values = JobTables.values(feed, record);
        Row fact = mapping.row(values)
                .set("source_group", file.group().group().text())
                .set("source_hour", file.group().group().hour())
                .set("run_id", plan.runId())
                .set("extras", record.get(JobTables.EXTRAS));
        held.computeIfAbsent(id, any -> new ArrayList<>())
                .add(new AcceptedSale(file, RecordPlace.offset(place), record, values, fact, mapping.digest(values)));
        heldSales++;
    }

    /** Decides about all that were added. */
    void flush() throws IOException, InterruptedException {
        Map<String, Key> known = keys.find(held.keySet());
        for (Map.Entry<String, List<AcceptedSale>> sales : held.entrySet()) {
            decide(sales.getKey(), sales.getValue(), known.get(sales.getKey()));
        }
        changed.reject(known);
        held.clear();
        heldSales = 0;
    }

    /** Writes what was held of dimensions. */
    @Override
    public void close() throws IOException, InterruptedException {
        flush();
        for (Observations ofDimension : observations) {
            ofDimension.flush(out);
        }
    }

    private void decide(String id, List<AcceptedSale> sales, @Nullable Key known)
            throws IOException, InterruptedException {
        AcceptedSale loaded = null;
        for (AcceptedSale sale : sales) {
            boolean first = known == null && loaded == null;
            Sums sums = Sums.of(sale.fact());
            if (!first
                    && sale.digest()
                            != (loaded == null ? Objects.requireNonNull(known).digest() : loaded.digest())) {
                changed.add(id, sale, loaded == null ? null : loaded.fact());
                tallies.add(sale.file().index(), FileTally.rejection().insteadOf(sums));
            } else if (plan.refuses(sale.file())) {
                tallies.add(sale.file().index(), FileTally.refusal().insteadOf(sums));
            } else if (first) {
                load(id, sale);
                loaded = sale;
            } else {
                tallies.add(sale.file().index(), FileTally.duplicateSale(sums));
            }
        }
    }

    private void load(String id, AcceptedSale sale) throws IOException, InterruptedException {
        String publish = Long.toString(plan.publish());
        long group = sale.file().group().sequence();
        out.write(publish, deltaRow(sale.fact()));
        out.write(
                publish,
                new Row(StarSchema.TRANSACTION_KEYS)
                        .set("transaction_id", id)
                        .set("transaction_date", sale.fact().get("transaction_date"))
                        .set("added_in", plan.publish())
                        .set("content_digest", sale.digest())
                        .set("group_sequence", group));
        for (Observations ofDimension : observations) {
            ofDimension.add(sale.values(), group, sale.offset(), out);
        }
        tallies.add(sale.file().index(), FileTally.loadedSale(Sums.of(sale.fact())));
    }

    /** The delta has the columns of the fact, and behind them the publish that removes a row. */
    private static Row deltaRow(Row fact) {
        Row row = new Row(DELTA);
        for (int i = 0; i < FACT.columns().size(); i++) {
            row.copy(i, fact, i);
        }
        return row;
    }
}
