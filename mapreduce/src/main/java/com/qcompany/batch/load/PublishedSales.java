package com.qcompany.batch.load;

import com.qcompany.batch.merge.SalesRemoval;
import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.functional.ConsumerRaisingIOE;
import org.apache.parquet.filter2.predicate.FilterPredicate;

/**
 * Finds published sales by id: their keys, and the rows where the keys say that they lie, in the base or in the delta of
 * a later publish. The files are ordered by id, so that a search for some ids reads the pages that can hold them;
 * those of keys have Bloom filters too, so that hardly any is read for ids that are new.
 */
final class PublishedSales {
    private static final String ID = "transaction_id";
    private final Snapshot published;
    private final Layout layout;
    private final Configuration conf;

    /** The date of a published sale, the publish that added it, the digest of its values, and the last group that had them. */
    record Key(String date, long addedIn, long digest, long group) {}

    PublishedSales(Snapshot published, Layout layout, Configuration conf) {
        this.published = published;
        this.layout = layout;
        this.conf = conf;
    }

    /** The keys of those among some ids that are published; of one id the newest segment counts. */
    Map<String, Key> keys(Collection<String> ids) throws IOException {
        List<DataFile> segments = new ArrayList<>(DataFile.of(published, layout, StarSchema.TRANSACTION_KEYS));
        segments.sort(
                Comparator.comparingLong(file -> Long.parseLong(file.partition().get(0))));
        Map<String, Key> found = new HashMap<>();
        for (DataFile segment : segments) {
            // Nearly all ids of an hour are new: Bloom filters exclude those.
            search(
                    segment,
                    ParquetRows.possible(ids, ID, segment.path(), conf),
                    row -> found.put(
                            row.text(ID),
                            new Key(
                                    row.text("transaction_date"),
                                    row.require("added_in", Long.class),
                                    row.require("content_digest", Long.class),
                                    row.require("group_sequence", Long.class))));
        }
        return found;
    }

    /** Rows of the fact by id. A date or delta is read once for all of its sales. */
    Map<String, Row> rows(Map<String, Key> keys) throws IOException {
        Map<Partition, List<String>> idsByPlace = new HashMap<>();
        keys.forEach((id, key) -> idsByPlace
                .computeIfAbsent(Partition.ofSale(published, key.date(), key.addedIn()), any -> new ArrayList<>())
                .add(id));
        Map<String, Row> found = new HashMap<>();
        for (Map.Entry<Partition, List<String>> ids : idsByPlace.entrySet()) {
            Partition place = ids.getKey();
            for (DataFile file :
                    DataFile.of(published, layout, place.table(), place.values().get(0))) {
                search(file, ids.getValue(), row -> {
                    SalesRemoval.Sale sale =
                            SalesRemoval.Sale.of(row, place.values().get(0));
                    Key key = keys.get(sale.id());
                    if (key != null && key.addedIn() == sale.addedIn()) {
                        found.put(
                                sale.id(),
                                new Row(StarSchema.SALES_TRANSACTIONS_FACT)
                                        .copyShared(row)
                                        .set("transaction_date", key.date()));
                    }
                });
            }
        }
        return found;
    }

    private void search(DataFile file, Collection<String> ids, ConsumerRaisingIOE<Row> action) throws IOException {
        if (!ids.isEmpty()) {
            FilterPredicate wanted = ParquetRows.anyOf(ID, ids);
            ParquetRows.forEach(ParquetRows.reader(file.table(), file.path(), conf, wanted), action);
        }
    }
}
