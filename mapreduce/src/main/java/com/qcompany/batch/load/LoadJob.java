package com.qcompany.batch.load;

import com.qcompany.batch.OwnLibraries;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.LocalJobRunner;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;

/** The one MapReduce job of a load. */
final class LoadJob {

    private static final long BYTES_PER_REDUCER = 256L << 20;
    private static final long LOCAL_SPLIT_BYTES = 32L << 20;

    private LoadJob() {}

    /**
     * Makes the job of a plan, and writes the plan where its tasks read it. Output: {@code staging/RUN/out}, one
     * directory a reduce task, complete when {@code _SUCCESS} is there.
     */
    static Job create(Configuration base, LoadPlan plan) throws IOException {
        Configuration conf = new Configuration(base);
        // Version 1 moves a task's files when the job commits; version 2 shows those of failed attempts.
        conf.setInt("mapreduce.fileoutputcommitter.algorithm.version", 1);
        OwnLibraries.preferInTasks(conf);
        runTasksSideBySide(conf);
        plan.writeTo(conf);
        Job job = Job.getInstance(conf, "q load " + plan.runId());
        job.setJarByClass(LoadJob.class);

        Path staging = Layout.of(conf).staging(plan.runId());
        job.setInputFormatClass(FeedInputFormat.class);
        job.setMapperClass(FeedMapper.class);
        job.setMapOutputKeyClass(ShuffleKey.class);
        job.setMapOutputValueClass(ShuffleValue.class);
        job.setSortComparatorClass(ShuffleKey.Sort.class);
        job.setGroupingComparatorClass(ShuffleKey.Grouping.class);
        job.setPartitionerClass(ShuffleKey.ByGroup.class);

        job.setReducerClass(LoadReducer.class);
        job.setNumReduceTasks(plan.reducers());
        job.setOutputKeyClass(String.class);
        job.setOutputValueClass(Row.class);
        job.setOutputFormatClass(StagingOutputFormat.class);
        FileOutputFormat.setOutputPath(job, new Path(staging, "out"));
        return job;
    }

    /** Number of reducers of a job that loads some groups. */
    static int reducers(Configuration conf, List<GroupRecord> groups) {
        int configured = Settings.LOAD_REDUCERS.get(conf);
        if (configured > 0) {
            return configured;
        }
        long bytes = groups.stream()
                .flatMap(group -> group.files().stream())
                .mapToLong(FileRecord::bytes)
                .sum();
        long bySize = Math.max(1, (bytes + BYTES_PER_REDUCER - 1) / BYTES_PER_REDUCER);
        int sideBySide = OwnLibraries.isLocal(conf) ? conf.getInt(LocalJobRunner.LOCAL_MAX_REDUCES, localTasks()) : 1;
        return Math.toIntExact(Math.max(bySize, sideBySide));
    }

    private static int localTasks() {
        return 2 * Runtime.getRuntime().availableProcessors();
    }

    /**
     * A reducer waits for the file system most of the time, once for every date; on one machine let some wait at once.
     * They share a heap then, of which each is given a part: what it is sent stays there, and is not written to disk and
     * read again where it fits. Splits are small enough for a mapper's output to be sorted at once.
     */
    private static void runTasksSideBySide(Configuration conf) {
        if (OwnLibraries.isLocal(conf)) {
            int tasks = localTasks();
            conf.setIfUnset(LocalJobRunner.LOCAL_MAX_MAPS, Integer.toString(tasks));
            conf.setIfUnset(LocalJobRunner.LOCAL_MAX_REDUCES, Integer.toString(tasks));
            conf.setIfUnset(
                    MRJobConfig.REDUCE_MEMORY_TOTAL_BYTES,
                    Long.toString(Runtime.getRuntime().maxMemory() / (2 * tasks)));
            conf.setIfUnset(MRJobConfig.REDUCE_INPUT_BUFFER_PERCENT, "0.7");
            conf.setIfUnset(FileInputFormat.SPLIT_MAXSIZE, Long.toString(LOCAL_SPLIT_BYTES));
        }
    }
}
