package com.qcompany.batch.load;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.job.RowWritable;
import com.qcompany.batch.job.ShuffleKey;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.batch.load.Observations.Output;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Reducer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of feeds, ordered by feed and key, into rows of the delta, of keys and of observations; lines for
 * quarantine pass through.
 */
final class LoadReducer extends Reducer<ShuffleKey, RowWritable, Text, Row> {
    private final FileTallies tallies = new FileTallies();
    private final Map<Table, Records> records = new IdentityHashMap<>();
    private final Text partition = new Text();

    /** What becomes of the records of a feed. */
    interface Records {
        void add(String key, long place, Row record) throws IOException, InterruptedException;

        void close() throws IOException, InterruptedException;
    }

    @Override
    protected void setup(Context context) throws IOException {
        Configuration conf = context.getConfiguration();
        LoadPlan plan = LoadPlan.of(conf);
        Layout layout = Layout.of(conf);
        Snapshot published = Snapshots.read(layout.root().getFileSystem(conf), layout, plan.snapshot());
        Output out = (values, row) -> write(context, values, row);
        Consumer<String> rejections =
                code -> context.getCounter(LoadCounters.REJECTIONS, code).increment(1);
        ChangedSales changed =
                new ChangedSales(plan, new PublishedSales(published, layout, conf), conf, out, rejections);
        for (Feed feed : FeedCatalog.bundled().feeds()) {
            boolean bringsSales = feed.mappings().stream().anyMatch(FeedLines::isOfSales);
            records.put(
                    JobTables.records(feed),
                    bringsSales
                            ? new SalesReduction(
                                    plan, feed, TransactionKeys.of(published, layout, conf), changed, tallies, out)
                            : descriptions(feed, plan.files(), out));
        }
    }

    private static Records descriptions(Feed feed, List<PlannedFile> files, Output out) {
        List<Observations> observations = Observations.of(feed.mappings());
        return new Records() {
            @Override
            public void add(String key, long place, Row record) throws IOException, InterruptedException {
                @Nullable Object[] values = JobTables.values(feed, record);
                long group = files.get(RecordPlace.file(place)).group().sequence();
                for (Observations ofDimension : observations) {
                    ofDimension.add(values, group, RecordPlace.offset(place), out);
                }
            }

            @Override
            public void close() throws IOException, InterruptedException {
                for (Observations ofDimension : observations) {
                    ofDimension.flush(out);
                }
            }
        };
    }

    @Override
    protected void reduce(ShuffleKey key, Iterable<RowWritable> rows, Context context)
            throws IOException, InterruptedException {
        for (RowWritable each : rows) {
            Row row = each.row();
            Records ofFeed = records.get(row.table());
            if (ofFeed != null) {
                ofFeed.add(key.group(), key.number(), row);
            } else if (row.table().equals(JobTables.FILE_TALLIES)) {
                tallies.add(row);
            } else {
                write(context, key.group(), row);
            }
        }
    }

    private void write(Context context, String values, Row row) throws IOException, InterruptedException {
        partition.set(values);
        context.write(partition, row);
    }

    @Override
    protected void cleanup(Context context) throws IOException, InterruptedException {
        for (Records ofFeed : records.values()) {
            ofFeed.close();
        }
        for (Map.Entry<Integer, FileTally> tally : tallies.byFile().entrySet()) {
            write(context, "", tally.getValue().toRow(tally.getKey()));
        }
    }
}
