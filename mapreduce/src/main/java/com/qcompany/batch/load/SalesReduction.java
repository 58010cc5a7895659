package com.qcompany.batch.load;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.load.FileTallies.Count;
import com.qcompany.batch.load.FileTallies.Sum;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.batch.load.PublishedSales.Key;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides about accepted sales, which come ordered by id and then by source, with what is published: the first of an id
 * that is not published is loaded; a repeat of its values is a duplicate and says nothing new of anything; other values
 * under the same id are rejected. Sales of a refused group are never loaded.
 *
 * <p>Sales are decided in batches, each of which looks up its published keys at once. Not thread-safe.
 */
final class SalesReduction implements LoadReducer.Records {
    private static final int MAX_HELD = 20_000;

    private final LoadPlan plan;
    private final List<PlannedFile> files;
    private final Feed feed;
    private final OutputMapping mapping;
    private final PublishedSales published;
    private final ChangedSales changed;
    private final Observations observations;
    private final FileTallies tallies;
    private final LoadReducer.Output out;
    private final Map<String, List<Sale>> held = new LinkedHashMap<>();
    private int heldSales;

    /** A sale as a mapper sent it, with the row that would be loaded and the digest that tells a repeat from a change. */
    record Sale(PlannedFile file, long place, Row record, Row fact, long digest) {}

    SalesReduction(
            LoadPlan plan,
            Feed feed,
            PublishedSales published,
            ChangedSales changed,
            FileTallies tallies,
            LoadReducer.Output out) {
        this.plan = plan;
        this.files = plan.files();
        this.feed = feed;
        this.mapping = feed.mainMapping();
        this.published = published;
        this.changed = changed;
        this.observations = new Observations(feed, plan, out);
        this.tallies = tallies;
        this.out = out;
    }

    @Override
    public void add(String id, long place, Row record) throws IOException, InterruptedException {
        if (heldSales >= MAX_HELD && !held.containsKey(id)) {
            flush();
        }
        PlannedFile file = files.get(Line.fileOf(place));
        @Nullable Object[] values = JobTables.values(feed, record);
        Row fact = mapping.row(values)
                .set("source_group", file.group().group().text())
                .set("source_hour", file.group().group().hour())
                .set("run_id", plan.runId())
                .set("extras", record.get(JobTables.EXTRAS));
        held.computeIfAbsent(id, any -> new ArrayList<>())
                .add(new Sale(file, place, record, fact, mapping.digest(values)));
        heldSales++;
    }

    /** Decides about all that were added. */
    private void flush() throws IOException, InterruptedException {
        Map<String, Key> known = published.keys(held.keySet());
        for (Map.Entry<String, List<Sale>> sales : held.entrySet()) {
            decide(sales.getKey(), sales.getValue(), known.get(sales.getKey()));
        }
        changed.reject(known);
        held.clear();
        heldSales = 0;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        flush();
        observations.close();
    }

    private void decide(String id, List<Sale> sales, @Nullable Key known) throws IOException, InterruptedException {
        Row loaded = null;
        Long digest = known == null ? null : known.digest();
        for (Sale sale : sales) {
            Count count;
            if (digest != null && sale.digest() != digest) {
                count = Count.REJECTED;
                changed.add(id, sale, loaded);
            } else if (plan.refuses(sale.file())) {
                count = Count.REFUSED;
            } else if (digest != null) {
                count = Count.DUPLICATE;
            } else {
                count = Count.LOADED;
                load(id, sale);
                loaded = sale.fact();
                digest = sale.digest();
            }
            tallies.add(sale.file().index(), count, Sum.sale(sale.fact()));
        }
    }

    private void load(String id, Sale sale) throws IOException, InterruptedException {
        String publish = Long.toString(plan.publish());
        out.write(publish, deltaRow(sale.fact()));
        out.write(
                publish,
                new Row(StarSchema.TRANSACTION_KEYS)
                        .set("transaction_id", id)
                        .set("transaction_date", sale.fact().get("transaction_date"))
                        .set("added_in", plan.publish())
                        .set("content_digest", sale.digest())
                        .set("group_sequence", sale.file().group().sequence()));
        observations.add(id, sale.place(), sale.record());
    }

    /** The delta has the columns of the fact, and after them the publish that removes a row. */
    private static Row deltaRow(Row fact) {
        Row row = new Row(StarSchema.SALES_DELTA);
        for (int i = 0; i < fact.table().columns().size(); i++) {
            row.copy(i, fact, i);
        }
        return row;
    }
}
