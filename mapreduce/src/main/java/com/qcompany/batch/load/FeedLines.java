package com.qcompany.batch.load;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.FeedHeader;
import com.qcompany.batch.feed.FeedParser;
import com.qcompany.batch.feed.Outcome;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.OutputMapping;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.load.FileTally.Sums;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/** The lines of one file: judged by its feed's rules, and sent as rows of the tables that its feed fills. */
final class FeedLines {

    private final PlannedFile file;
    private final FeedParser parser;
    private final FileTally tally;
    private final List<OutputMapping> sales = new ArrayList<>();
    private final List<Observations> things = new ArrayList<>();
    private long lastOffset;

    private FeedLines(PlannedFile file, FeedParser parser, List<OutputMapping> mappings, FileTally tally) {
        this.file = file;
        this.parser = parser;
        this.tally = tally;
        for (OutputMapping mapping : mappings) {
            Optional<Dimension> dimension = LoadTables.dimension(mapping.table());
            if (dimension.isPresent()) {
                things.add(new Observations(mapping, dimension.get()));
            } else {
                sales.add(mapping);
            }
        }
    }

    /** Binds a file of the plan to its feed. */
    static FeedLines open(FeedCatalog feeds, LoadPlan plan, PlannedFile file, FileTally tally) {
        Feed feed = feeds.feed(file.record().feed());
        FeedHeader header =
                FeedHeader.bind(feed, file.path().toString(), file.record().header());
        FeedParser parser = new FeedParser(header, (table, key) -> plan.knows(file.groupIndex(), table, key));
        return new FeedLines(file, parser, feed.mappings(), tally);
    }

    PlannedFile file() {
        return file;
    }

    FileTally tally() {
        return tally;
    }

    /** Judges a line. */
    Outcome judge(RecordText line) {
        return parser.parse(line);
    }

    /** Sends what an accepted line holds. */
    void send(Accepted line, long offset, ShuffleOutput out) throws IOException, InterruptedException {
        lastOffset = offset;
        for (OutputMapping mapping : sales) {
            Row sale = mapping.row(line.values());
            if (!line.extras().isEmpty()) {
                sale.set("extras", line.extras());
            }
            String date = mapping.partition(line.values()).get(0);
            RowPlace place = RowPlace.of(mapping.key(line.values()), file.index(), offset);
            out.sale(date, new PlacedRow(place, mapping.digest(line.values()), sale));
            tally.acceptSale(Sums.of(sale));
        }
        if (sales.isEmpty()) {
            tally.acceptDescription();
        }
        for (Observations observations : things) {
            if (observations.add(line.values())) {
                flush(observations, out);
            }
        }
    }

    /** Sends what the file shows of things, and tells what was mended. */
    void close(ShuffleOutput out, ObjLongConsumer<String> fixes) throws IOException, InterruptedException {
        for (Observations observations : things) {
            flush(observations, out);
        }
        parser.fixes().drain(fixes);
    }

    private void flush(Observations observations, ShuffleOutput out) throws IOException, InterruptedException {
        observations.flush(file.group().text(), (key, row) -> out.shown(key, file.index(), lastOffset, row));
    }
}
