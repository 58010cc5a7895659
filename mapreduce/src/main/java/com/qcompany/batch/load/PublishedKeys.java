package com.qcompany.batch.load;

import com.qcompany.warehouse.Layout;
import com.qcompany.warehouse.ParquetRows;
import com.qcompany.warehouse.Row;
import com.qcompany.warehouse.Snapshot;
import com.qcompany.warehouse.StarSchema;
import com.qcompany.warehouse.Table;
import com.qcompany.warehouse.Utf8Order;
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

    private static final int DATE = StarSchema.TRANSACTION_KEYS.indexOf("transaction_date");
    private static final int ID = StarSchema.TRANSACTION_KEYS.indexOf("transaction_id");
    private static final int DIGEST = StarSchema.TRANSACTION_KEYS.indexOf("content_digest");

    private final List<Cursor> cursors = new ArrayList<>();

    /** A file, read up to a key. */
    private static final class Cursor implements Closeable {

        private final ParquetReader<Row> reader;
        private @Nullable Row head;
        private String date = "";
        private String id = "";

        Cursor(ParquetReader<Row> reader) throws IOException {
            this.reader = reader;
            advance();
        }

        /** Skips lower keys and compares: 0 if the key is there. */
        int seek(String wantedDate, String wantedId) throws IOException {
            while (head != null) {
                int byDate = Utf8Order.compare(date, wantedDate);
                int byKey = byDate != 0 ? byDate : Utf8Order.compare(id, wantedId);
                if (byKey >= 0) {
                    return byKey;
                }
                advance();
            }
            return 1;
        }

        long digest() {
            return (Long) Objects.requireNonNull(Objects.requireNonNull(head).get(DIGEST));
        }

        private void advance() throws IOException {
            head = reader.read();
            if (head != null) {
                date = text(head, DATE);
                id = text(head, ID);
            }
        }

        private static String text(Row key, int column) {
            return (String) Objects.requireNonNull(key.get(column));
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
     * Digest of a published sale; empty where there is none. Asked for in ascending order of date and id.
     */
    OptionalLong digestOf(String date, String id) throws IOException {
        for (Cursor cursor : cursors) {
            if (cursor.seek(date, id) == 0) {
                return OptionalLong.of(cursor.digest());
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
