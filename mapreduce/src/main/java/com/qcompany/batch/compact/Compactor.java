package com.qcompany.batch.compact;

import com.qcompany.batch.OwnLibraries;
import com.qcompany.batch.compact.CompactionPlan.PartitionFiles;
import com.qcompany.batch.compact.CompactionPlan.SourceFile;
import com.qcompany.batch.publish.PublishRequest;
import com.qcompany.batch.publish.Publisher;
import com.qcompany.batch.publish.RunId;
import com.qcompany.batch.publish.StagedFile;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.LocalJobRunner;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rewrites partitions of many files into one sorted file each, by one map-only job, and publishes the result as the
 * partitions' next versions. Works under the lease of the run that calls it; a rerun after a crash begins anew. An
 * exceptionally large partition takes one task longer, not more memory.
 */
public final class Compactor {

    static final String COMMAND = "compact";

    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

    private final Configuration conf;
    private final FileSystem fs;
    private final Layout layout;
    private final Publisher publisher;
    private final Clock clock;

    public Compactor(Configuration conf, FileSystem fs, Layout layout, Publisher publisher, Clock clock) {
        this.conf = conf;
        this.fs = fs;
        this.layout = layout;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Compacts the partitions that have more files than {@code q.compact.max-files}, at most
     * {@code q.compact.partitions-per-load} of them, those with most files first.
     *
     * @return the new state, or {@code before} where nothing is due
     */
    public Snapshot compactDue(Snapshot before) throws IOException {
        int most = Settings.COMPACT_MAX_FILES.get(conf);
        return compact(
                before,
                PublishedPartition.of(before).stream()
                        .filter(partition -> partition.state().files() > most)
                        .limit(Settings.COMPACT_PER_LOAD.get(conf))
                        .toList());
    }

    /** Compacts some partitions; returns the new state, or {@code before} where there are none. */
    Snapshot compact(Snapshot before, List<PublishedPartition> partitions) throws IOException {
        if (partitions.isEmpty()) {
            return before;
        }
        Instant started = clock.instant();
        String runId = RunId.of(COMMAND, started);
        Path staging = layout.staging(runId);
        Path output = new Path(staging, "merged");
        Map<String, Long> counters = runJob(createJob(plan(partitions), staging, output));
        StagedFile run = new CompactionRun(runId, started, clock.instant(), partitions.size(), counters)
                .stage(new Path(staging, "run.parquet"), conf);
        Snapshot after = publisher.publish(
                before,
                new PublishRequest(runId, COMMAND, staging, List.of(run), rewrites(partitions, output), Set.of()));
        LOG.info("Compacted {} partitions: {}", partitions.size(), counters);
        return after;
    }

    /** The job that merges the files of a plan, one output file a partition. */
    Job createJob(CompactionPlan plan, Path staging, Path output) throws IOException {
        Job job = Job.getInstance(conf, "compact " + plan.partitions().size() + " partitions");
        Configuration jobConf = job.getConfiguration();
        plan.writeTo(new Path(staging, "plan.json"), jobConf);
        jobConf.setInt(FileOutputCommitter.FILEOUTPUTCOMMITTER_ALGORITHM_VERSION, 1);
        OwnLibraries.preferInTasks(jobConf);
        jobConf.setIfUnset(
                LocalJobRunner.LOCAL_MAX_MAPS,
                Integer.toString(Runtime.getRuntime().availableProcessors()));
        job.setJarByClass(CompactionMapper.class);
        job.setInputFormatClass(CompactionInputFormat.class);
        job.setMapperClass(CompactionMapper.class);
        job.setNumReduceTasks(0);
        job.setOutputFormatClass(CompactionMapper.SideFiles.class);
        FileOutputFormat.setOutputPath(job, output);
        return job;
    }

    private static Map<String, Long> runJob(Job job) throws IOException {
        try {
            if (!job.waitForCompletion(false)) {
                throw new IOException("Cannot compact: job %s failed (%s)"
                        .formatted(job.getJobID(), job.getStatus().getFailureInfo()));
            }
            Map<String, Long> counters = new TreeMap<>();
            for (Counter counter : job.getCounters().getGroup(CompactionCounter.class.getName())) {
                counters.put(counter.getName(), counter.getValue());
            }
            return counters;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while job %s runs".formatted(job.getJobName()));
        } catch (ClassNotFoundException e) {
            throw new IOException("Cannot start job %s".formatted(job.getJobName()), e);
        }
    }

    private CompactionPlan plan(List<PublishedPartition> partitions) throws IOException {
        List<PartitionFiles> planned = new ArrayList<>();
        for (PublishedPartition partition : partitions) {
            planned.add(new PartitionFiles(partition.table().name(), partition.values(), files(partition)));
        }
        return new CompactionPlan(planned);
    }

    private List<SourceFile> files(PublishedPartition partition) throws IOException {
        Path directory = layout.partitionVersion(
                partition.table(), partition.values(), partition.state().version());
        FileStatus[] files = fs.listStatus(directory, path -> !path.getName().startsWith("."));
        if (files.length != partition.state().files()) {
            throw new IOException("Cannot compact %s: it has %d files (expected the %d that were published)"
                    .formatted(directory, files.length, partition.state().files()));
        }
        return Arrays.stream(files)
                .map(file -> new SourceFile(file.getPath().toString(), file.getLen()))
                .toList();
    }

    /** Each new file has the rows of the files it replaces; the publisher checks its footer against that. */
    private static List<StagedFile> rewrites(List<PublishedPartition> partitions, Path output) {
        return IntStream.range(0, partitions.size())
                .mapToObj(i -> new StagedFile(
                        partitions.get(i).table(),
                        partitions.get(i).values(),
                        new Path(output, CompactionPlan.outputName(i)),
                        partitions.get(i).state().rows()))
                .toList();
    }
}
