package com.qcompany.balance;

import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.parquet.hadoop.ParquetInputFormat;

/**
 * What raw files hold against what is published, as one job found it: for every line of the raw files what became of it.
 *
 * @param hours tallies by source hour, {@code uuuu-MM-dd-HH}
 * @param dates tallies of the facts by transaction date, {@code uuuu-MM-dd}
 * @param differences the first differences, a sentence each
 */
public record Balance(
        SortedMap<String, Tally> hours, SortedMap<String, Tally> dates, List<String> differences, long count) {
    private static final String PLAN_KEY = "qcompany.balance.plan";
    private static final long BYTES_PER_REDUCER = 256L << 20;

    /**
     * Runs the job over a directory of its own, {@code audit/} below the root, which is removed at its end. Nothing else is
     * written, and no lease is needed: all files of a snapshot stay while it runs.
     *
     * @param from first nominal hour, {@code uuuu-MM-dd-HH}
     * @param packaging what makes the job's tasks find their classes
     */
    public static Balance run(
            Configuration conf, Layout layout, Snapshot published, String from, String to, Consumer<Job> packaging)
            throws IOException, InterruptedException, ClassNotFoundException {
        FileSystem fs = layout.root().getFileSystem(conf);
        BalancePlan plan = BalancePlan.of(published, layout, conf, from, to);
        List<String> differences = new ArrayList<>();
        List<Path> inputs = new ArrayList<>();
        for (Path path : BalancePlan.inputs(plan, published, layout)) {
            if (fs.exists(path)) {
                inputs.add(path);
            } else {
                differences.add("%s is missing".formatted(path));
            }
        }
        if (inputs.isEmpty()) {
            return new Balance(new TreeMap<>(), new TreeMap<>(), differences, differences.size());
        }
        Path directory = new Path(layout.root(), "audit/" + UUID.randomUUID());
        fs.deleteOnExit(directory);
        try {
            Job job = job(conf, plan, inputs, directory);
            packaging.accept(job);
            if (!job.waitForCompletion(false)) {
                throw new IOException("Cannot finish job %s: %s"
                        .formatted(job.getJobID(), job.getStatus().getFailureInfo()));
            }
            return read(fs, FileOutputFormat.getOutputPath(job), differences);
        } finally {
            fs.delete(directory, true);
        }
    }

    /** Over all hours. */
    public Tally total() {
        return hours.values().stream().reduce(Tally.NONE, Tally::plus);
    }

    /** The plan of the job that a task belongs to. */
    static BalancePlan plan(Configuration conf) throws IOException {
        Path file = new Path(conf.get(PLAN_KEY, PLAN_KEY));
        return ImmutableFiles.read(file.getFileSystem(conf), file, BalancePlan.class);
    }

    private static Job job(Configuration conf, BalancePlan plan, List<Path> inputs, Path directory) throws IOException {
        Path file = new Path(directory, "plan.json");
        FileSystem fs = file.getFileSystem(conf);
        ImmutableFiles.write(fs, file, plan);
        Job job = Job.getInstance(conf, "q audit of publish " + plan.publish());
        job.getConfiguration().set(PLAN_KEY, file.toString());
        job.getConfiguration().setBoolean(ParquetInputFormat.PAGE_VERIFY_CHECKSUM_ENABLED, true);
        // The delimiter is the line feed alone, as a carriage return may stand within a line.
        job.getConfiguration().set("textinputformat.record.delimiter", "\n");
        long bytes = 0;
        for (Path input : inputs) {
            bytes += fs.getContentSummary(input).getLength();
        }
        job.setInputFormatClass(BalanceInput.class);
        FileInputFormat.setInputPaths(job, inputs.toArray(Path[]::new));
        job.setMapperClass(BalanceMapper.class);
        job.setMapOutputKeyClass(Text.class);
        job.setMapOutputValueClass(Text.class);
        job.setReducerClass(BalanceReducer.class);
        job.setNumReduceTasks((int) (1 + bytes / BYTES_PER_REDUCER));
        job.setOutputKeyClass(Text.class);
        job.setOutputValueClass(NullWritable.class);
        FileOutputFormat.setOutputPath(job, new Path(directory, "out"));
        return job;
    }

    /** The sum of what the reducers found, after what was found before. */
    private static Balance read(FileSystem fs, Path output, List<String> differences) throws IOException {
        SortedMap<String, Tally> hours = new TreeMap<>();
        SortedMap<String, Tally> dates = new TreeMap<>();
        long count = differences.size();
        for (FileStatus part : fs.globStatus(new Path(output, "part-*"))) {
            Balance found = ImmutableFiles.read(fs, part.getPath(), Balance.class);
            found.hours.forEach((hour, tally) -> hours.merge(hour, tally, Tally::plus));
            found.dates.forEach((date, tally) -> dates.merge(date, tally, Tally::plus));
            differences.addAll(found.differences);
            count += found.count;
        }
        return new Balance(hours, dates, differences, count);
    }
}
