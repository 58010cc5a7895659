package com.qcompany.batch.load;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.FeedHeader;
import com.qcompany.batch.feed.FeedParser;
import com.qcompany.batch.feed.Outcome;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.job.ShuffleKey;
import com.qcompany.batch.load.FileTally.Sums;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.util.List;
import java.util.function.ObjLongConsumer;

/** The lines of one file, parsed by its feed's rules into rows of the feed's records. Not thread-safe. */
final class FeedLines {
    private final FeedParser parser;
    private final Table records;
    private final OutputMapping main;
    private final int width;

    private FeedLines(Feed feed, FeedParser parser) {
        this.parser = parser;
        this.records = JobTables.records(feed);
        this.width = feed.fields().size();
        List<OutputMapping> mappings = feed.mappings();
        this.main = mappings.stream().filter(FeedLines::isOfSales).findFirst().orElse(mappings.get(0));
    }

    /**
     * Binds a file of the plan to its feed.
     *
     * @throws IllegalArgumentException if its header does not fit
     */
    static FeedLines open(FeedCatalog feeds, LoadPlan plan, PlannedFile file) {
        Feed feed = feeds.feed(file.record().feed());
        FeedHeader header =
                FeedHeader.bind(feed, file.path().toString(), file.record().header());
        return new FeedLines(feed, new FeedParser(header, plan::knows));
    }

    /** Whether a mapping fills the fact. */
    static boolean isOfSales(OutputMapping mapping) {
        return mapping.table().equals(StarSchema.SALES_TRANSACTIONS_FACT);
    }

    Outcome parse(RecordText line) {
        return parser.parse(line);
    }

    boolean bringsSales() {
        return isOfSales(main);
    }

    Sums sums(Accepted sale) {
        return Sums.of(main.row(sale.values()));
    }

    /** By what the records of a feed belong together: the id of a sale, or the key of a dimension. */
    String key(Accepted record) {
        Object key = main.key(record.values());
        return key instanceof Integer number ? ShuffleKey.ordered(number) : key.toString();
    }

    /** The record as a row. */
    Row row(Accepted record) {
        Row row = new Row(records);
        for (int i = 0; i < width; i++) {
            row.set(i, record.values()[i]);
        }
        return record.extras().isEmpty() ? row : row.set(JobTables.EXTRAS, record.extras());
    }

    void drainFixes(ObjLongConsumer<String> consumer) {
        parser.drainFixes(consumer);
    }
}
