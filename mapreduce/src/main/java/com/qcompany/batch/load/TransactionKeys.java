package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.PublishedFile;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.filter2.predicate.FilterPredicate;

/**
 * The keys of all published sales. They lie ordered by id, so that a search for some ids reads the pages that can hold
 * them.
 */
final class TransactionKeys {
    private final List<PublishedFile> newestFirst;
    private final Configuration conf;

    /**
     * What is known of a published sale.
     *
     * @param date its transaction date
     * @param addedIn publish that added it
     * @param digest digest of its values
     * @param group ledger record of the group that brought it
     */
    record Key(String date, long addedIn, long digest, long group) {}

    private TransactionKeys(List<PublishedFile> newestFirst, Configuration conf) {
        this.newestFirst = newestFirst;
        this.conf = conf;
    }

    static TransactionKeys of(Snapshot published, Layout layout, Configuration conf) {
        List<PublishedFile> files = PublishedFile.of(published, layout, StarSchema.TRANSACTION_KEYS).stream()
                .sorted(Comparator.comparingLong((PublishedFile file) ->
                                Long.parseLong(file.partition().get(0)))
                        .reversed())
                .toList();
        return new TransactionKeys(files, conf);
    }

    /** The keys of those among some ids that are published. */
    Map<String, Key> find(Collection<String> ids) throws IOException {
        Map<String, Key> found = new HashMap<>();
        FilterPredicate wanted = ParquetRows.anyOf("transaction_id", ids);
        for (PublishedFile file : newestFirst) {
            ParquetRows.forEach(
                    ParquetRows.reader(file.table(), file.path(), conf, wanted),
                    row -> found.putIfAbsent(
                            row.text("transaction_id"),
                            new Key(
                                    row.text("transaction_date"),
                                    row.require("added_in", Long.class),
                                    row.require("content_digest", Long.class),
                                    row.require("group_sequence", Long.class))));
        }
        return found;
    }
}
