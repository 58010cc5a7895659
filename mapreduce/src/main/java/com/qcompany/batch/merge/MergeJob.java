package com.qcompany.batch.merge;

import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.job.RowInputFormat;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.job.ShuffleKey;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/**
 * The job of a merge: sales shuffled by date and sorted by id, keys by id, others by partition. Each partition becomes one file, keys one file a reducer.
 */
final class MergeJob {
    /** Rows that are not written again: removed before the oldest query began, or keys that a newer one replaces. */
    enum Count {
        SALES_PURGED,
        KEYS_REPLACED
    }

    private static final String PURGE_KEY = "qcompany.merge.purge-removed-up-to";
    private static final String SEGMENT_KEY = "qcompany.merge.segment";
    private static final String NEVER = "0";
    /** A reducer gets half as many bytes as of CSV, for Parquet holds more rows in them. */
    private static final int DENSITY = 2;

    private MergeJob() {}

    /** Makes the job of a publish; sales that were removed up to another one are not written again. */
    static Job create(Configuration conf, List<DataFile> inputs, long purgeUpTo, long publish, Path staging)
            throws IOException {
        long bytes = 0;
        FileSystem fs = staging.getFileSystem(conf);
        for (DataFile input : inputs) {
            bytes += DENSITY * fs.getFileStatus(input.path()).getLen();
        }
        Job job = RowJob.create(
                conf, "q merge " + staging.getName(), WritePartitions.class, bytes, new Path(staging, "merged"));
        job.getConfiguration().setLong(PURGE_KEY, purgeUpTo);
        job.getConfiguration().setLong(SEGMENT_KEY, publish);
        job.setInputFormatClass(RowInputFormat.class);
        job.setMapperClass(ByPartition.class);
        FileInputFormat.setInputPaths(job, inputs.stream().map(DataFile::path).toArray(Path[]::new));
        return job;
    }

    /** Sends each row to the partition in which it is written. */
    static final class ByPartition extends Mapper<Text, Row, ShuffleKey, BytesWritable> {
        private static final Table BASE = StarSchema.SALES_BASE;
        private final ShuffleKey key = new ShuffleKey();

        @Override
        protected void map(Text partition, Row row, Context context) throws IOException, InterruptedException {
            Table table = row.table();
            if (table == StarSchema.SALES_DELTA) {
                Row baseRow = new Row(BASE).copyShared(row).set("added_in", Long.valueOf(partition.toString()));
                sale(context, row.text("transaction_date"), baseRow);
            } else if (table == BASE) {
                sale(context, partition.toString(), row);
            } else if (table == StarSchema.TRANSACTION_KEYS) {
                long newestFirst = -Long.parseLong(partition.toString());
                send(context, row.text("transaction_id"), "", newestFirst, row);
            } else {
                send(context, partition.toString(), row.text("run_id"), 0, row);
            }
        }

        private void sale(Context context, String date, Row row) throws IOException, InterruptedException {
            send(context, date, row.text("transaction_id"), row.require("added_in", Long.class), row);
        }

        private void send(Context context, String group, String name, long number, Row row)
                throws IOException, InterruptedException {
            context.write(
                    key.set(JobTables.COMMON.place(row.table()), group, name, number), JobTables.COMMON.bytes(row));
        }
    }

    /** Writes the rows of a partition as they come. */
    static final class WritePartitions extends Reducer<ShuffleKey, BytesWritable, Text, Row> {
        private String segment = NEVER;
        private long purgeUpTo;

        @Override
        protected void setup(Context context) {
            segment = context.getConfiguration().get(SEGMENT_KEY, NEVER);
            purgeUpTo = context.getConfiguration().getLong(PURGE_KEY, 0);
        }

        @Override
        protected void reduce(ShuffleKey key, Iterable<BytesWritable> rows, Context context)
                throws IOException, InterruptedException {
            Table table = JobTables.COMMON.at(key.table());
            boolean keys = table == StarSchema.TRANSACTION_KEYS;
            Text partition = new Text(keys ? segment : key.group());
            boolean replaced = false;
            for (BytesWritable each : rows) {
                Row row = JobTables.COMMON.row(each);
                if (table == StarSchema.SALES_BASE && isPurged(row)) {
                    context.getCounter(Count.SALES_PURGED).increment(1);
                } else if (replaced) {
                    context.getCounter(Count.KEYS_REPLACED).increment(1);
                } else {
                    context.write(partition, row);
                }
                replaced = keys;
            }
        }

        private boolean isPurged(Row row) {
            Object removedIn = row.get("removed_in");
            return removedIn != null && (Long) removedIn <= purgeUpTo;
        }
    }
}
