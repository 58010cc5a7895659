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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;

/**
 * The keys of published sales of some dates, read once in order and merged with a load's sales, which come in the same
 * order. Cost: the pages that hold keys of those dates, in at most as many files a year as compaction leaves. Memory:
 * one page a file.
 */
final class PublishedKeys implements Closeable {

    private static final int DATE = StarSchema.TRANSACTION_KEYS.indexOf("transaction_date");
    private static final int ID = StarSchema.TRANSACTION_KEYS.indexOf("transaction_id");
    private static final Comparator<Row> ORDER = Comparator.comparing(
                    (Row key) -> text(key, DATE), Utf8Order.COMPARATOR)
            .thenComparing(key -> text(key, ID), Utf8Order.COMPARATOR);

    private final PriorityQueue<Cursor> cursors = new PriorityQueue<>(Comparator.comparing(Cursor::head, ORDER));
    private final List<ParquetReader<Row>> readers = new ArrayList<>();

    /** A file and its next key. */
    private record Cursor(Row head, ParquetReader<Row> reader) {}

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
                    keys.add(ParquetRows.readerOfPages(
                            table, file.getPath(), conf, "transaction_date", year.getValue()));
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
        while (!cursors.isEmpty()) {
            Cursor first = cursors.peek();
            int byDate = Utf8Order.compare(text(first.head(), DATE), date);
            int byKey = byDate != 0 ? byDate : Utf8Order.compare(text(first.head(), ID), id);
            if (byKey == 0) {
                return OptionalLong.of(first.head().require("content_digest", Long.class));
            }
            if (byKey > 0) {
                return OptionalLong.empty();
            }
            advance(cursors.remove().reader());
        }
        return OptionalLong.empty();
    }

    private static String text(Row key, int column) {
        return (String) Objects.requireNonNull(key.get(column));
    }

    private void add(ParquetReader<Row> reader) throws IOException {
        readers.add(reader);
        advance(reader);
    }

    private void advance(ParquetReader<Row> reader) throws IOException {
        Row next = reader.read();
        if (next != null) {
            cursors.add(new Cursor(next, reader));
        }
    }

    @Override
    public void close() throws IOException {
        for (ParquetReader<Row> reader : readers) {
            reader.close();
        }
    }
}
