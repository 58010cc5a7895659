package com.qcompany.batch.dimension;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.job.RowInputFormat;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.job.ShuffleKey;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/**
 * The job that merges observations with published dimensions. Input: Parquet files of both. Output: each dimension of
 * which something was observed, whole, ordered by key and version within a file.
 */
public final class DimensionJob {
    private DimensionJob() {}

    /**
     * Runs the job over the observations among some files, with the order of the groups of all observations and published
     * versions; where it forgets groups, every dimension is made anew. It writes to {@code dimensions} in the run's staging
     * directory, and gives the files; none where there is nothing to read.
     */
    public static List<DataFile> run(
            WarehouseRun run, Snapshot published, List<DataFile> files, GroupOrder order, Path staging)
            throws IOException {
        List<Path> inputs = new ArrayList<>();
        for (Dimension dimension : StarSchema.DIMENSION_DECLARATIONS) {
            List<DataFile> observed = RowJob.of(JobTables.observations(dimension), files);
            if (!observed.isEmpty() || !order.forgotten().isEmpty()) {
                observed.forEach(file -> inputs.add(file.path()));
                DataFile.of(published, run.layout(), dimension.table()).forEach(file -> inputs.add(file.path()));
            }
        }
        if (inputs.isEmpty()) {
            return List.of();
        }
        long bytes = 0;
        for (Path input : inputs) {
            bytes += run.fs().getFileStatus(input).getLen();
        }
        Path output = new Path(staging, "dimensions");
        Job job = RowJob.create(run.conf(), "q dimensions " + staging.getName(), MergeVersions.class, bytes, output);
        RowJob.plan(job.getConfiguration(), staging, order);
        job.setInputFormatClass(RowInputFormat.class);
        job.setMapperClass(ByKey.class);
        FileInputFormat.setInputPaths(job, inputs.toArray(Path[]::new));
        return RowJob.run(job);
    }

    /** Sends the versions and observations of a key together, those of a dimension in the order of its keys. */
    static final class ByKey extends Mapper<Text, Row, ShuffleKey, BytesWritable> {
        private final Map<Table, Dimension> dimensions = new IdentityHashMap<>();
        private final ShuffleKey key = new ShuffleKey();

        @Override
        protected void setup(Context context) {
            for (Dimension dimension : StarSchema.DIMENSION_DECLARATIONS) {
                dimensions.put(dimension.table(), dimension);
                dimensions.put(JobTables.observations(dimension), dimension);
            }
        }

        @Override
        protected void map(Text partition, Row row, Context context) throws IOException, InterruptedException {
            Dimension dimension = Objects.requireNonNull(dimensions.get(row.table()), "a dimension's rows are read");
            String id = ShuffleKey.ordered(row.require(dimension.key(), Integer.class));
            boolean published = row.table() == dimension.table();
            long number = published ? row.require(Dimension.VERSION_NUMBER, Integer.class) : 0;
            context.write(
                    key.set(JobTables.COMMON.place(dimension.table()), id, "", number), JobTables.COMMON.bytes(row));
        }
    }

    /** Merges what is known and observed of a key. */
    static final class MergeVersions extends Reducer<ShuffleKey, BytesWritable, Text, Row> {
        private static final Text UNPARTITIONED = new Text();
        private final Map<Table, DimensionHistory> histories = new IdentityHashMap<>();
        private boolean forgets;

        @Override
        protected void setup(Context context) throws IOException {
            GroupOrder order = RowJob.planned(context.getConfiguration(), GroupOrder.class);
            forgets = !order.forgotten().isEmpty();
            for (Dimension dimension : StarSchema.DIMENSION_DECLARATIONS) {
                histories.put(dimension.table(), new DimensionHistory(dimension, order));
            }
        }

        @Override
        protected void reduce(ShuffleKey key, Iterable<BytesWritable> rows, Context context)
                throws IOException, InterruptedException {
            Table dimension = JobTables.COMMON.at(key.table());
            List<Row> versions = new ArrayList<>();
            List<Row> observed = new ArrayList<>();
            for (BytesWritable bytes : rows) {
                Row row = JobTables.COMMON.row(bytes);
                (row.table() == dimension ? versions : observed).add(row);
            }
            DimensionHistory history = Objects.requireNonNull(histories.get(dimension));
            boolean stays = observed.isEmpty() && !forgets;
            for (Row version : stays ? versions : history.merge(versions, observed)) {
                context.write(UNPARTITIONED, version);
            }
        }
    }
}
