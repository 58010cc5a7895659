package com.qcompany.batch.load;

import com.qcompany.warehouse.KeyOrder;
import com.qcompany.warehouse.Layout;
import com.qcompany.warehouse.ParquetRows;
import com.qcompany.warehouse.Row;
import com.qcompany.warehouse.Snapshot;
import com.qcompany.warehouse.StarSchema;
import com.qcompany.warehouse.Table;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;
import org.jspecify.annotations.Nullable;

/**
 * The keys of published sales of some dates, read once in order and merged with a load's sales, which come in the same
 * order. Cost: the pages that hold keys of those dates, in at most as many files a year as compaction leaves. Memory:
 * one page a file.
 */
final class PublishedKeys implements Closeable {

    private static final KeyOrder ORDER = new KeyOrder(StarSchema.TRANSACTION_KEYS);
    private static final int DIGEST = StarSchema.TRANSACTION_KEYS.indexOf("content_digest");

    private final List<Cursor> cursors = new ArrayList<>();

    /** A file, read up to a key. */
    private static final class Cursor implements Closeable {

        private final ParquetReader<Row> reader;
        private @Nullable Row head;

        Cursor(ParquetReader<Row> reader) throws IOException {
            this.reader = reader;
            this.head = reader.read();
        }

        /** Skips lower keys; the row of the key, or null if it is not there. */
        @Nullable
        Row seek(Row key) throws IOException {
            while (head != null) {
                int toKey = ORDER.compare(head, key);
                if (toKey >= 0) {
                    return toKey == 0 ? head : null;
                }
                head = reader.read();
            }
            return null;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /**
     * Opens the keys of some dates.
     *
     * @param dates dates that will be asked for, {@code uuuu-MM-dd}
     */
    static PublishedKeys open(Configuration conf, Snapshot snapshot, Set<String> dates) throws IOException {
        PublishedKeys keys = new PublishedKeys();
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
                    keys.cursors.add(new Cursor(ParquetRows.readerOfPages(
                            table, file.getPath(), conf, "transaction_date", year.getValue())));
                }
            }
        }
        return keys;
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
        for (Cursor cursor : cursors) {
            Row published = cursor.seek(key);
            if (published != null) {
                return OptionalLong.of((Long) Objects.requireNonNull(published.get(DIGEST)));
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public void close() throws IOException {
        for (Cursor cursor : cursors) {
            cursor.close();
        }
    }
}
