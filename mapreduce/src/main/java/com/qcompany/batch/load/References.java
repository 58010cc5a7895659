package com.qcompany.batch.load;

import com.qcompany.batch.feed.CsvRecordReader;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.FeedParser;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.PublishedFile;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Which agents and branches a sale may name: those that are published, and those that a group of the load shows. Reads
 * the files of the feeds that bring no sales, which are small next to the sales.
 */
final class References {
    private final Configuration conf;
    private final Map<String, Set<String>> keys = new HashMap<>();

    References(Configuration conf) {
        this.conf = conf;
    }

    /** Keys as texts, by name of a dimension. */
    Map<String, Set<String>> find(Snapshot published, Layout layout, List<PlannedFile> files) throws IOException {
        for (Feed feed : FeedCatalog.bundled().feeds()) {
            if (!feed.bringsSales()) {
                for (OutputMapping mapping : feed.mappings()) {
                    readPublished(PublishedFile.of(published, layout, mapping.table()), mapping);
                }
            }
        }
        for (PlannedFile file : files) {
            if (file.kind() == PlannedFile.Kind.NEW && !file.feed().bringsSales()) {
                readFile(file);
            }
        }
        return keys;
    }

    private void readPublished(List<PublishedFile> files, OutputMapping mapping) throws IOException {
        Table projection = mapping.table().project(List.of(mapping.keyColumn()));
        for (PublishedFile file : files) {
            ParquetRows.forEach(
                    ParquetRows.reader(projection, file.path(), conf), row -> add(mapping.table(), row.get(0)));
        }
    }

    private void readFile(PlannedFile file) throws IOException {
        FeedParser parser = new FeedParser(file.header(), (table, key) -> true);
        List<OutputMapping> mappings = file.feed().mappings();
        try (CsvRecordReader records = new CsvRecordReader(
                file.path().getFileSystem(conf).open(file.path()),
                0,
                Long.MAX_VALUE,
                file.record().quotedLineBreaks(),
                Settings.LOAD_MAX_RECORD_BYTES.get(conf))) {
            records.next();
            while (records.next()) {
                if (parser.parse(records) instanceof Accepted accepted) {
                    mappings.forEach(mapping -> add(mapping.table(), mapping.key(accepted.values())));
                }
            }
        }
    }

    private void add(Table table, @Nullable Object key) {
        keys.computeIfAbsent(table.name(), name -> new HashSet<>()).add(String.valueOf(key));
    }
}
