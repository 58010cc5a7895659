package com.qcompany.batch.load;

import com.qcompany.batch.dimension.GroupOrder;
import com.qcompany.batch.feed.AddedValues;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.job.ShuffleKey;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.batch.quality.ColumnMeasure;
import com.qcompany.warehouse.lineage.LineageEvents;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Reducer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of feeds, ordered by feed and key, into rows of the delta, of keys and of observations; lines for
 * quarantine pass through, and measures of parts of a file are merged, and their metrics written.
 */
final class LoadReducer extends Reducer<ShuffleKey, BytesWritable, Text, Row> {
    private final FileTallies tallies = new FileTallies();
    private final Map<Integer, Records> records = new HashMap<>();
    private JobTables tables = JobTables.COMMON;
    private @Nullable LoadPlan plan;
    private List<PlannedFile> files = List.of();

    /** What becomes of the records of a feed. */
    interface Records {
        /** Takes a record with its {@link Line#place place} in the source. */
        void add(String key, long place, Row record) throws IOException, InterruptedException;

        /** Has a record decided again that may not come any more from a group. */
        default void decideAgain(String key, String group) throws IOException, InterruptedException {}

        /** Writes what is held. */
        void close() throws IOException, InterruptedException;
    }

    /** Where rows go. */
    interface Output {
        void write(String partition, Row row) throws IOException, InterruptedException;
    }

    @Override
    protected void setup(Context context) throws IOException {
        LoadPlan read = RowJob.planned(context.getConfiguration(), LoadPlan.class);
        plan = read;
        files = read.files();
        Output out = (values, row) -> write(context, values, row);
        tables = JobTables.of(read.feeds());
        for (Feed feed : read.feeds().feeds()) {
            records.put(
                    tables.place(tables.of(feed)),
                    feed.bringsSales() ? sales(feed, read, context, out) : new Observations(feed, read, out));
        }
    }

    private SalesReduction sales(Feed feed, LoadPlan plan, Context context, Output out) throws IOException {
        Configuration conf = context.getConfiguration();
        Layout layout = Layout.of(conf);
        Snapshot snapshot = Snapshots.read(layout.root().getFileSystem(conf), layout, plan.snapshot());
        PublishedSales published = new PublishedSales(snapshot, layout, conf);
        AddedValues added = new AddedValues(feed);
        ChangedSales changed = new ChangedSales(plan, added, conf, out, tallies);
        GroupOrder order = SourceGroupRows.read(snapshot, layout, conf).order(Set.of());
        return new SalesReduction(plan, feed, added, published, order, changed, tallies, out);
    }

    @Override
    protected void reduce(ShuffleKey key, Iterable<BytesWritable> rows, Context context)
            throws IOException, InterruptedException {
        if (key.table() == tables.place(JobTables.COLUMN_MEASURES)) {
            merge(Objects.requireNonNull(plan), rows.iterator(), context);
            return;
        }
        Records ofFeed = records.get(key.table());
        String group = key.group();
        for (BytesWritable each : rows) {
            Row row = tables.row(each);
            if (row.table().equals(JobTables.DECIDED_AGAIN)) {
                Objects.requireNonNull(ofFeed).decideAgain(group, row.text("source_group"));
            } else if (ofFeed != null) {
                ofFeed.add(group, key.number(), row);
            } else if (row.table().equals(JobTables.FILE_TALLIES)) {
                tallies.add(row);
            } else {
                write(context, group, row);
            }
        }
    }

    /** Merges what tasks measured of parts of a file's column, and writes its metrics. */
    private void merge(LoadPlan loaded, Iterator<BytesWritable> parts, Context context)
            throws IOException, InterruptedException {
        Row first = tables.row(parts.next());
        PlannedFile file = files.get(first.require("file", Integer.class));
        ColumnMeasure whole = new ColumnMeasure(file.feed().measured(first.text("column_name")));
        whole.add(first);
        while (parts.hasNext()) {
            whole.add(tables.row(parts.next()));
        }
        if (LineageEvents.areWanted(context.getConfiguration())) {
            write(context, "", whole.row(file.index()));
        }
        for (Row metric : whole.metrics()) {
            metric.set("feed", file.feed().name())
                    .set("source_hour", file.source().hour())
                    .set("source_group", file.source().text())
                    .set("group_refused", loaded.refuses(file))
                    .set("run_id", loaded.runId());
            write(context, Quarantine.partition(file), metric);
        }
    }

    private void write(Context context, String values, Row row) throws IOException, InterruptedException {
        context.write(new Text(values), row);
    }

    @Override
    protected void cleanup(Context context) throws IOException, InterruptedException {
        for (Records ofFeed : records.values()) {
            ofFeed.close();
        }
        for (Row tally : tallies.rows()) {
            write(context, "", tally);
        }
    }
}
