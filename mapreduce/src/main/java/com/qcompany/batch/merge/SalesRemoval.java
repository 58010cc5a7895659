package com.qcompany.batch.merge;

import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.batch.publish.Rewrite;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Removes published sales: stages the partitions that new queries read them from once more, file by file, with
 * {@code removed_in} set to the publish that is to replace these partitions. Queries that began before go on to see the
 * sales. A correction is a removal and, in the delta of the same publish, the new row.
 */
public final class SalesRemoval {

    /** A sale that stands, by its id, its date (uuuu-MM-dd) and the publish that added it. */
    public record Sale(String id, String date, long addedIn) {
        /** That of a row of the base or of a delta, whose partition is the date or the publish. */
        public static Sale of(Row row, String partition) {
            String id = row.text("transaction_id");
            return row.table().equals(StarSchema.SALES_BASE)
                    ? new Sale(id, partition, row.require("added_in", Long.class))
                    : new Sale(id, row.text("transaction_date"), Long.parseLong(partition));
        }
    }

    private final Configuration conf;
    private final FileSystem fs;
    private final Layout layout;

    public SalesRemoval(Configuration conf, FileSystem fs, Layout layout) {
        this.conf = conf;
        this.fs = fs;
        this.layout = layout;
    }

    /**
     * Stages the partitions of some sales as replacements for the next publish.
     *
     * @param directory directory below the run's staging that nothing else is written to
     * @throws IOException if a sale is not where it should be or was removed already, or a file is lost; nothing that is
     *     published was changed
     */
    public List<DataFile> stage(Snapshot before, Collection<Sale> sales, Path directory) throws IOException {
        Map<Partition, Set<Sale>> byPartition = new LinkedHashMap<>();
        for (Sale sale : sales) {
            byPartition
                    .computeIfAbsent(Partition.ofSale(before, sale.date(), sale.addedIn()), any -> new HashSet<>())
                    .add(sale);
        }
        List<DataFile> staged = new ArrayList<>();
        for (Map.Entry<Partition, Set<Sale>> entry : byPartition.entrySet()) {
            Partition partition = entry.getKey();
            Set<Sale> missing = entry.getValue();
            List<DataFile> files = DataFile.of(
                    before, layout, partition.table(), partition.values().get(0));
            Path copies = new Path(directory, Integer.toString(staged.size()));
            staged.addAll(new Rewrite(fs, conf).stage(files, copies, row -> {
                Sale sale = Sale.of(row, partition.values().get(0));
                if (missing.remove(sale)) {
                    mark(row, sale, before.sequence() + 1);
                }
                return Optional.of(row);
            }));
            if (!missing.isEmpty()) {
                throw new IOException("Cannot remove %s: %s %s has no such row"
                        .formatted(missing.iterator().next(), partition.table().name(), partition.values()));
            }
        }
        return staged;
    }

    private static void mark(Row row, Sale sale, long removedIn) throws IOException {
        if (row.get("removed_in") != null) {
            throw new IOException(
                    "Cannot remove %s: publish %s removed it already".formatted(sale, row.get("removed_in")));
        }
        row.set("removed_in", removedIn);
    }
}
