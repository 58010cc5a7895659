package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.KeyFile;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The keys of published sales of some dates, read once in order and merged with a load's sales, which come in the same
 * order. Cost: the pages that hold keys of those dates, in at most as many files a year as compaction leaves. Memory:
 * those pages of one row group of each.
 */
final class PublishedKeys implements Closeable {

    private final List<KeyFile> files = new ArrayList<>();

    /**
     * Opens the keys of some dates.
     *
     * @param dates dates that will be asked for, {@code uuuu-MM-dd}
     */
    static PublishedKeys open(Configuration conf, Snapshot snapshot, Set<String> dates) throws IOException {
        PublishedKeys keys = new PublishedKeys();
        try {
            keys.add(conf, snapshot, dates);
        } catch (IOException | RuntimeException e) {
            keys.close();
            throw e;
        }
        return keys;
    }

    private void add(Configuration conf, Snapshot snapshot, Set<String> dates) throws IOException {
        Table table = StarSchema.TRANSACTION_KEYS;
        Layout layout = Layout.of(conf);
        FileSystem fs = layout.root().getFileSystem(conf);
        Map<String, Set<String>> byYear = new TreeMap<>();
        dates.forEach(date ->
                byYear.computeIfAbsent(yearOf(date), year -> new TreeSet<>()).add(date));
        for (Map.Entry<String, Set<String>> year : byYear.entrySet()) {
            Snapshot.PartitionState published = snapshot.partitionsOf(table).get(year.getKey());
            if (published != null) {
                Path directory = layout.partitionVersion(table, List.of(year.getKey()), published.version());
                for (FileStatus file :
                        fs.listStatus(directory, path -> !path.getName().startsWith("."))) {
                    files.add(KeyFile.open(file, conf, year.getValue()));
                }
            }
        }
    }

    /** Partition of a date's keys. */
    static String yearOf(String date) {
        return date.substring(0, date.indexOf('-', 1));
    }

    /**
     * Digest of the published sale that has a key; empty where there is none. Asked for in ascending order.
     *
     * @param key a row of {@code transaction_keys}, of which the digest is not looked at
     */
    OptionalLong digestOf(Row key) throws IOException {
        for (KeyFile file : files) {
            OptionalLong digest = file.digestOf(key);
            if (digest.isPresent()) {
                return digest;
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public void close() throws IOException {
        for (KeyFile file : files) {
            file.close();
        }
    }
}
