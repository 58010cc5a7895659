package com.qcompany.batch.job;

import com.qcompany.batch.Launcher;
import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.ParallelTasks;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.LocalJobRunner;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.util.functional.RemoteIterators;

/** Sets up, runs and reads the output of a job that shuffles rows. */
public final class RowJob {
    private static final long BYTES_PER_REDUCER = 20L << 20;
    private static final String PARQUET = ".parquet";

    /** Set by the driver for its tasks; not for users. */
    private static final String PLAN_KEY = "qcompany.job.plan";

    private RowJob() {}

    /**
     * A job from rows under shuffle keys to Parquet files in a directory that no other run uses. The caller adds its
     * input, by whose size in bytes the number of reducers is chosen.
     */
    public static Job create(
            Configuration conf,
            String name,
            Class<? extends Reducer<ShuffleKey, BytesWritable, Text, Row>> reducer,
            long inputBytes,
            Path output)
            throws IOException {
        Job job = Job.getInstance(conf, name);
        Configuration jobConf = job.getConfiguration();
        // Version 1 moves a task's files when the job commits; version 2 shows those of failed attempts.
        jobConf.setInt(FileOutputCommitter.FILEOUTPUTCOMMITTER_ALGORITHM_VERSION, 1);
        Launcher.packageJob(job);
        String processors = Integer.toString(Runtime.getRuntime().availableProcessors());
        jobConf.setIfUnset(LocalJobRunner.LOCAL_MAX_MAPS, processors);
        jobConf.setIfUnset(LocalJobRunner.LOCAL_MAX_REDUCES, processors);
        job.setMapOutputKeyClass(ShuffleKey.class);
        job.setMapOutputValueClass(BytesWritable.class);
        job.setGroupingComparatorClass(ShuffleKey.Grouping.class);
        job.setPartitionerClass(ShuffleKey.ByGroup.class);
        job.setReducerClass(reducer);
        job.setNumReduceTasks(reducers(conf, inputBytes));
        job.setOutputKeyClass(Text.class);
        job.setOutputValueClass(Row.class);
        job.setOutputFormatClass(RowOutputFormat.class);
        FileOutputFormat.setOutputPath(job, output);
        return job;
    }

    /** Has a job's tasks read a plan, which is written as JSON to a directory that no other run uses. */
    public static void plan(Configuration job, Path directory, Object plan) throws IOException {
        Path file = new Path(directory, "plan.json");
        ImmutableFiles.write(file.getFileSystem(job), file, plan);
        job.set(PLAN_KEY, file.toString());
    }

    /** The plan of the job that a task belongs to. */
    public static <T> T planned(Configuration task, Class<T> type) throws IOException {
        Path file = new Path(task.get(PLAN_KEY, PLAN_KEY));
        return ImmutableFiles.read(file.getFileSystem(task), file, type);
    }

    /** Runs a job, and gives its files with the rows that their footers tell, ordered by path. */
    public static List<DataFile> run(Job job) throws IOException {
        try {
            if (!job.waitForCompletion(false)) {
                throw new IOException("Cannot finish job %s (%s): %s (nothing was published)"
                        .formatted(
                                job.getJobName(),
                                job.getJobID(),
                                job.getStatus().getFailureInfo()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while job %s runs".formatted(job.getJobName()));
        } catch (ClassNotFoundException e) {
            throw new IOException("Cannot start job %s".formatted(job.getJobName()), e);
        }
        Configuration conf = job.getConfiguration();
        Path output = FileOutputFormat.getOutputPath(job);
        List<Path> files = new ArrayList<>();
        RemoteIterators.foreach(
                output.getFileSystem(conf).listFiles(output, true), status -> files.add(status.getPath()));
        files.removeIf(file -> !file.getName().endsWith(PARQUET));
        List<DataFile> staged = Collections.synchronizedList(new ArrayList<>());
        new ParallelTasks(Settings.PUBLISH_THREADS.get(conf)).forEach(files, file -> {
            Partition of = JobTables.partition(file);
            staged.add(new DataFile(of.table(), of.values(), file, ParquetRows.rowCount(file, conf)));
        });
        staged.sort(Comparator.comparing(DataFile::path));
        return List.copyOf(staged);
    }

    /** Those of some files that hold rows of a table. */
    public static List<DataFile> of(Table table, List<DataFile> files) {
        return files.stream().filter(file -> file.table().equals(table)).toList();
    }

    private static int reducers(Configuration conf, long inputBytes) {
        int configured = Settings.LOAD_REDUCERS.get(conf);
        return configured > 0
                ? configured
                : (int) Math.max(1, (inputBytes + BYTES_PER_REDUCER - 1) / BYTES_PER_REDUCER);
    }
}
