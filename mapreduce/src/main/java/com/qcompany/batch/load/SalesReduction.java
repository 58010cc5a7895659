package com.qcompany.batch.load;

import com.qcompany.batch.dimension.GroupOrder;
import com.qcompany.batch.feed.AddedValues;
import com.qcompany.batch.feed.Corrections;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.batch.load.FileTallies.Count;
import com.qcompany.batch.load.FileTallies.Sum;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.batch.load.LoadPlan.PlannedFile.Kind;
import com.qcompany.batch.load.PublishedSales.Key;
import com.qcompany.batch.load.SaleVersions.Version;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides about accepted sales, which come by id, with what is published: which version of a sale stands, as
 * {@link SaleVersions} says. A repeat of its values is a duplicate and says nothing new of anything but the id's key.
 * Sales of a refused group are never loaded.
 *
 * <p>Sales are decided in batches, each of which looks up its published keys at once. Not thread-safe.
 */
final class SalesReduction implements LoadReducer.Records {
    private static final int MAX_HELD = 20_000;

    private final LoadPlan plan;
    private final List<PlannedFile> files;
    private final Feed feed;
    private final OutputMapping mapping;
    private final AddedValues added;
    private final PublishedSales published;
    private final GroupOrder order;
    private final ChangedSales changed;
    private final Observations observations;
    private final FileTallies tallies;
    private final LoadReducer.Output out;
    private final Map<String, List<Sale>> held = new LinkedHashMap<>();
    private final Map<String, Set<String>> again = new HashMap<>();
    private int heldSales;

    /** A sale as a mapper sent it, with the row that would be loaded and the digest that tells a repeat from a change. */
    record Sale(PlannedFile file, long place, Row record, Row fact, long digest) {
        SourceGroup group() {
            return file.source();
        }

        Version version() {
            return new Version(group(), digest);
        }
    }

    SalesReduction(
            LoadPlan plan,
            Feed feed,
            AddedValues added,
            PublishedSales published,
            GroupOrder order,
            ChangedSales changed,
            FileTallies tallies,
            LoadReducer.Output out) {
        this.plan = plan;
        this.files = plan.files();
        this.feed = feed;
        this.mapping = feed.mainMapping();
        this.added = added;
        this.published = published;
        this.order = order;
        this.changed = changed;
        this.observations = new Observations(feed, plan, out);
        this.tallies = tallies;
        this.out = out;
    }

    @Override
    public void add(String id, long place, Row record) throws IOException, InterruptedException {
        PlannedFile file = files.get(Line.fileOf(place));
        Row fact = mapping.row(record)
                .set("source_group", file.source().text())
                .set("source_hour", file.source().hour())
                .set("run_id", plan.runId())
                .copy("extras", record);
        held(id).add(new Sale(file, place, record, fact, added.digest(fact)));
    }

    /** Has the versions of a sale decided anew, of which a group brings none any more. */
    @Override
    public void decideAgain(String id, String group) throws IOException, InterruptedException {
        held(id);
        again.computeIfAbsent(id, any -> new HashSet<>()).add(group);
    }

    private List<Sale> held(String id) throws IOException, InterruptedException {
        if (heldSales >= MAX_HELD && !held.containsKey(id)) {
            flush();
        }
        heldSales++;
        return held.computeIfAbsent(id, any -> new ArrayList<>());
    }

    private void flush() throws IOException, InterruptedException {
        Map<String, Key> known = published.keys(held.keySet());
        Map<String, Row> rows = readChanging(known);
        for (Map.Entry<String, List<Sale>> sales : held.entrySet()) {
            String id = sales.getKey();
            decide(id, sales.getValue(), known.get(id), rows.get(id));
        }
        held.clear();
        again.clear();
        heldSales = 0;
    }

    /**
     * Reads the published sales that may change. Their keys then digest what is published as it is read now, with columns
     * added since and without those that are declared no more.
     */
    private Map<String, Row> readChanging(Map<String, Key> known) throws IOException {
        Map<String, Key> changing = new HashMap<>();
        held.forEach((id, sales) -> {
            Key key = known.get(id);
            if (key != null && mayChange(id, sales, key)) {
                changing.put(id, key);
            }
        });
        Map<String, Row> rows = published.rows(changing);
        rows.forEach((id, row) -> known.computeIfPresent(
                id, (any, key) -> new Key(key.date(), key.addedIn(), added.digest(row), key.group())));
        return rows;
    }

    private boolean mayChange(String id, List<Sale> sales, Key known) {
        return plan.retraction() == null
                ? sales.stream().anyMatch(sale -> sale.digest() != known.digest() || added.lacksAny(sale.fact()))
                : isDecidedAgain(id, sales);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        flush();
        observations.close();
    }

    private void decide(String id, List<Sale> sales, @Nullable Key known, @Nullable Row row)
            throws IOException, InterruptedException {
        sales.sort(Comparator.comparing(Sale::group).thenComparing(Sale::place));
        if (plan.retraction() != null && !isDecidedAgain(id, sales)) {
            if (known != null) {
                showAgain(id, sales);
            }
            return;
        }
        Key standing = known != null && stands(id, sales, row) ? known : null;
        if (sales.isEmpty()) {
            if (known != null && standing == null) {
                changed.restate(id, null, found(id, row), known.addedIn());
            }
            return;
        }
        Map<Boolean, List<Sale>> byRefusal =
                sales.stream().collect(Collectors.partitioningBy(sale -> plan.refuses(sale.file())));
        for (List<Sale> together : byRefusal.values()) {
            if (!together.isEmpty()) {
                decideTogether(id, together, known, standing, row);
            }
        }
    }

    private boolean isDecidedAgain(String id, List<Sale> sales) {
        return again.containsKey(id)
                || sales.stream().anyMatch(sale -> sale.file().kind() != Kind.SCANNED);
    }

    /**
     * Whether a published sale counts as one that is loaded: in a retraction where its group is left, and its version stands
     * for having come first, or its line is not accepted any more by the contract of today.
     */
    private boolean stands(String id, List<Sale> sales, @Nullable Row row) throws IOException {
        if (plan.retraction() == null) {
            return true;
        }
        String group = found(id, row).text("source_group");
        boolean isLeft = !again.getOrDefault(id, Set.of()).contains(group);
        return isLeft
                && (feed.corrections() == Corrections.REJECT
                        || sales.stream().noneMatch(sale -> sale.group().text().equals(group)));
    }

    /** A sale that stays shows its customers and products again, of which a retraction makes the history anew. */
    private void showAgain(String id, List<Sale> sales) throws IOException, InterruptedException {
        SaleVersions versions = SaleVersions.of(
                feed.corrections(), null, sales.stream().map(Sale::version).toList());
        Set<Long> shown = new HashSet<>();
        for (int i = 0; i < sales.size(); i++) {
            Count fate = versions.fates().get(i);
            if (fate == Count.LOADED || fate == Count.SUPERSEDED) {
                show(id, sales.get(i), shown);
            }
        }
    }

    /** Each version of a sale shows its customer and product once, whether it stands or not and whenever it came. */
    private void show(String id, Sale sale, Set<Long> shown) throws IOException, InterruptedException {
        if (shown.add(sale.digest())) {
            observations.add(id, sale.place(), sale.record());
        }
    }

    private void decideTogether(
            String id, List<Sale> sales, @Nullable Key known, @Nullable Key standing, @Nullable Row row)
            throws IOException, InterruptedException {
        Version before = standing == null ? null : new Version(order.group(standing.group()), standing.digest());
        SaleVersions versions = SaleVersions.of(
                feed.corrections(), before, sales.stream().map(Sale::version).toList());
        boolean loads = false;
        Set<Long> shown = before == null ? new HashSet<>() : new HashSet<>(Set.of(before.digest()));
        for (int i = 0; i < sales.size(); i++) {
            Sale sale = sales.get(i);
            Count fate = versions.fates().get(i);
            Count count = plan.refuses(sale.file()) && fate != Count.REJECTED ? Count.REFUSED : fate;
            if (sale.file().kind() == Kind.SCANNED) {
                if (count == Count.REJECTED && (known == null || sale.digest() != known.digest())) {
                    continue; // since it was loaded
                }
                tallies.add(sale.file().index(), Count.READ, Sum.sale(sale.fact()));
            }
            switch (count) {
                case LOADED -> {
                    loads = true;
                    load(id, sale, lastSeen(versions, sales));
                    show(id, sale, shown);
                    if (known != null) {
                        changed.restate(id, sale, found(id, row), known.addedIn());
                    }
                    boolean corrects = standing != null || versions.fates().contains(Count.SUPERSEDED);
                    if (feed.corrections() == Corrections.WARN && corrects) {
                        changed.warn(sale.file());
                    }
                }
                case REJECTED -> {
                    Row other = contradicted(sale, sales, standing);
                    changed.reject(sale, other == null ? found(id, row) : other);
                }
                case SUPERSEDED -> show(id, sale, shown);
                case READ, DUPLICATE, WAITING, REFUSED, CONFIRMED -> {}
            }
            tallies.add(sale.file().index(), count, Sum.sale(sale.fact()));
        }
        boolean isRepeated = before != null && versions.lastSeen().compareTo(before.group()) > 0;
        if (known != null && isRepeated && !loads && !plan.refuses(sales.get(0).file())) {
            confirm(id, known, lastSeen(versions, sales));
        }
    }

    private static Row found(String id, @Nullable Row row) throws IOException {
        if (row == null) {
            throw new IOException(
                    "Cannot find sale %s where transaction_keys says that it lies (run `q audit`)".formatted(id));
        }
        return row;
    }

    /** The sale that has another one's id with other values: of its group, or the first; null where that is published. */
    private static @Nullable Row contradicted(Sale sale, List<Sale> sales, @Nullable Key known) {
        return sales.stream()
                .filter(other -> other.digest() != sale.digest())
                .filter(other -> other.group().equals(sale.group()) || known == null)
                .findFirst()
                .map(Sale::fact)
                .orElse(null);
    }

    private static PlannedFile lastSeen(SaleVersions versions, List<Sale> sales) {
        return sales.stream()
                .filter(sale -> sale.group().equals(versions.lastSeen()))
                .findFirst()
                .orElseThrow()
                .file();
    }

    private void load(String id, Sale sale, PlannedFile lastSeen) throws IOException, InterruptedException {
        String publish = Long.toString(plan.publish());
        out.write(publish, new Row(StarSchema.SALES_DELTA).copyShared(sale.fact()));
        Key key = new Key(
                sale.fact().text("transaction_date"),
                plan.publish(),
                sale.digest(),
                lastSeen.group().sequence());
        out.write(publish, keyRow(id, key));
    }

    /** Has the key of a published sale say that a later group has the same values: older versions change nothing. */
    private void confirm(String id, Key known, PlannedFile lastSeen) throws IOException, InterruptedException {
        Key key = new Key(
                known.date(), known.addedIn(), known.digest(), lastSeen.group().sequence());
        out.write(Long.toString(plan.publish()), keyRow(id, key));
        tallies.add(lastSeen.index(), Count.CONFIRMED, Sum.LINE);
    }

    private static Row keyRow(String id, Key key) {
        return new Row(StarSchema.TRANSACTION_KEYS)
                .set("transaction_id", id)
                .set("transaction_date", key.date())
                .set("added_in", key.addedIn())
                .set("content_digest", key.digest())
                .set("group_sequence", key.group());
    }
}
