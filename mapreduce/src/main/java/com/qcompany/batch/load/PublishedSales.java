package com.qcompany.batch.load;

import com.qcompany.batch.load.TransactionKeys.Key;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.PublishedFile;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.filter2.predicate.FilterPredicate;

/** Finds published sales where their keys say that they lie: in the base, or in the delta of a later publish. */
final class PublishedSales {
    private static final Table FACT = StarSchema.SALES_TRANSACTIONS_FACT;
    private final Snapshot published;
    private final Layout layout;
    private final Configuration conf;

    PublishedSales(Snapshot published, Layout layout, Configuration conf) {
        this.published = published;
        this.layout = layout;
        this.conf = conf;
    }

    /** Rows of the fact by id. A date or delta is read once for all of its sales. */
    Map<String, Row> find(Map<String, Key> keys) throws IOException {
        Map<Place, List<String>> idsByPlace = new HashMap<>();
        keys.forEach((id, key) ->
                idsByPlace.computeIfAbsent(place(key), any -> new ArrayList<>()).add(id));
        Map<String, Row> found = new HashMap<>();
        for (Map.Entry<Place, List<String>> place : idsByPlace.entrySet()) {
            FilterPredicate wanted = ParquetRows.anyOf("transaction_id", place.getValue());
            for (Path file : files(place.getKey())) {
                ParquetRows.forEach(
                        ParquetRows.reader(place.getKey().table(), file, conf, wanted),
                        row -> add(row, keys, place.getKey(), found));
            }
        }
        return found;
    }

    private static void add(Row row, Map<String, Key> keys, Place place, Map<String, Row> found) {
        String id = row.text("transaction_id");
        long addedIn = place.table().equals(StarSchema.SALES_BASE)
                ? row.require("added_in", Long.class)
                : Long.parseLong(place.partition());
        Key key = keys.get(id);
        if (key != null && key.addedIn() == addedIn) {
            found.put(id, factRow(row, key.date()));
        }
    }

    private static Row factRow(Row row, String date) {
        Row fact = new Row(FACT);
        for (int i = 0; i < FACT.columns().size(); i++) {
            String column = FACT.columns().get(i).name();
            if (column.equals("transaction_date")) {
                fact.set(i, date);
            } else {
                fact.copy(i, row, row.table().indexOf(column));
            }
        }
        return fact;
    }

    private Place place(Key key) {
        return key.addedIn() <= published.mergedUpTo()
                ? new Place(StarSchema.SALES_BASE, key.date())
                : new Place(StarSchema.SALES_DELTA, Long.toString(key.addedIn()));
    }

    private List<Path> files(Place place) {
        return PublishedFile.of(published, layout, place.table()).stream()
                .filter(file -> file.partition().equals(List.of(place.partition())))
                .map(PublishedFile::path)
                .toList();
    }

    /** A partition of the base or the delta. */
    private record Place(Table table, String partition) {}
}
