package com.qcompany.batch.load;

import com.qcompany.batch.feed.CsvRecordReader;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.FeedHeader;
import com.qcompany.batch.feed.FeedParser;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;

/**
 * Which agents and branches a sale may name: those that are published, and those that its group or an earlier one of the
 * load shows. So a catch-up over many groups judges as hour by hour would.
 *
 * <p>Reads the files of the feeds that only describe things, which are small next to the sales; each content once.
 */
final class KnownThings {

    private static final int PUBLISHED = -1;

    private final Configuration conf;
    private final FeedCatalog feeds;
    private final Map<String, Map<String, Integer>> since = new HashMap<>();
    private final Set<String> seenContents = new HashSet<>();

    KnownThings(Configuration conf, FeedCatalog feeds) {
        this.conf = conf;
        this.feeds = feeds;
    }

    /** Position of the first group that shows a key, by key as text, by table; -1 where it is published. */
    Map<String, Map<String, Integer>> find(LoadPlan plan) throws IOException {
        List<Feed> describing =
                feeds.feeds().stream().filter(KnownThings::describes).toList();
        for (Feed feed : describing) {
            for (OutputMapping mapping : feed.mappings()) {
                readPublished(plan, mapping.table(), mapping.keyColumn());
            }
        }
        for (PlannedFile file : plan.files()) {
            Feed feed = feeds.feed(file.record().feed());
            if (describing.contains(feed) && seenContents.add(file.record().sha256())) {
                readFile(feed, file);
            }
        }
        return since;
    }

    private static boolean describes(Feed feed) {
        return feed.mappings().stream()
                .allMatch(mapping -> LoadTables.dimension(mapping.table()).isPresent());
    }

    private void readPublished(LoadPlan plan, Table table, String key) throws IOException {
        List<String> columns = List.of(key, Dimension.VERSION_NUMBER);
        PublishedDimension published = plan.dimensions().get(table.name());
        for (PublishedDimension.File file :
                published == null ? List.<PublishedDimension.File>of() : published.files()) {
            try (ParquetReader<Row> reader = ParquetRows.reader(table.project(columns), new Path(file.path()), conf)) {
                for (Row row = reader.read(); row != null; row = reader.read()) {
                    add(table.name(), String.valueOf(row.get(key)), PUBLISHED);
                }
            }
        }
    }

    private void readFile(Feed feed, PlannedFile file) throws IOException {
        FileRecord record = file.record();
        FeedParser parser =
                new FeedParser(FeedHeader.bind(feed, file.path().toString(), record.header()), (table, key) -> true);
        List<OutputMapping> mappings = feed.mappings();
        try (CsvRecordReader records = new CsvRecordReader(
                file.path().getFileSystem(conf).open(file.path()),
                0,
                Long.MAX_VALUE,
                record.quotedLineBreaks(),
                Settings.LOAD_MAX_RECORD_BYTES.get(conf))) {
            records.next();
            while (records.next()) {
                if (parser.parse(records) instanceof Accepted accepted) {
                    for (OutputMapping mapping : mappings) {
                        String key = mapping.key(accepted.values()).toString();
                        add(mapping.table().name(), key, file.groupIndex());
                    }
                }
            }
        }
    }

    private void add(String table, String key, int group) {
        since.computeIfAbsent(table, name -> new HashMap<>()).merge(key, group, Math::min);
    }
}
