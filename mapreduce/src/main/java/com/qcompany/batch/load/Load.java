package com.qcompany.batch.load;

import com.qcompany.batch.compact.Compactor;
import com.qcompany.batch.ingest.Ledger;
import com.qcompany.batch.publish.PublishRequest;
import com.qcompany.batch.publish.Publisher;
import com.qcompany.batch.publish.Retention;
import com.qcompany.batch.publish.RunId;
import com.qcompany.batch.publish.StagedFile;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One load: plan, run the job into staging, audit, publish, compact what is due. Nobody sees anything of it before the
 * audit has passed; a failed one leaves the groups pending and says why in {@code load_runs}.
 */
final class Load {

    private static final Logger LOG = LoggerFactory.getLogger(Load.class);

    private final Configuration conf;
    private final FileSystem fs;
    private final Layout layout;
    private final Catalog catalog;
    private final Lease lease;
    private final Clock clock;
    private final Publisher publisher;

    Load(Configuration conf, FileSystem fs, Layout layout, Catalog catalog, Lease lease, Clock clock) {
        this.conf = conf;
        this.fs = fs;
        this.layout = layout;
        this.catalog = catalog;
        this.lease = lease;
        this.clock = clock;
        this.publisher = new Publisher(fs, layout, catalog, lease::verify, conf);
    }

    ExitCode run(GroupSelection selection) throws IOException, InterruptedException, ClassNotFoundException {
        Snapshot before = publisher.recover();
        List<GroupRecord> groups = Ledger.open(fs, layout).pending(before).stream()
                .filter(selection::includes)
                .toList();
        if (groups.isEmpty()) {
            System.out.println("Nothing to load: no group is pending.");
            return ExitCode.NOTHING_TO_DO;
        }
        Instant start = clock.instant();
        LoadPlan plan = new LoadPlanner(conf, fs, layout).plan(RunId.of("load", start), before, groups);
        LOG.info("Loading {} groups as {}", groups.size(), plan.runId());
        Job job = LoadJob.create(conf, plan);
        if (!job.waitForCompletion(false)) {
            throw new IOException("Cannot load: job %s failed: %s (nothing was published)"
                    .formatted(job.getJobID(), job.getStatus().getFailureInfo()));
        }
        LoadResult result = LoadResult.of(conf, plan, job, start, clock.instant());
        System.out.println(result.sentence());
        List<String> problems = result.problems(Settings.LOAD_MAX_REJECTED.get(conf));
        Path runRecord = new Path(layout.staging(plan.runId()), "load_runs.parquet");
        StagedFile record = result.writeRunRecord(runRecord, problems);
        if (!problems.isEmpty()) {
            refuse(result, problems);
            publisher.publish(before, request(plan, List.of(record), Set.of()));
            return ExitCode.CHECKS_FAILED;
        }
        Snapshot after = publish(before, result, record);
        markLoaded(plan.groups(), after);
        Snapshot compacted = new Compactor(conf, fs, layout, publisher, clock).compactDue(after);
        new Retention(fs, layout, conf, clock).sweep(compacted);
        refreshStatistics(compacted);
        return ExitCode.OK;
    }

    /** Flags the hours of what was loaded, for schedulers that wait; of a run killed here, they flag the hour they asked. */
    private void markLoaded(List<GroupRecord> loaded, Snapshot after) throws IOException {
        Set<String> pending = Ledger.open(fs, layout).pending(after).stream()
                .map(GroupRecord::hour)
                .collect(Collectors.toSet());
        for (String hour : loaded.stream().map(GroupRecord::hour).collect(Collectors.toSet())) {
            if (!pending.contains(hour)) {
                fs.create(layout.loadedFlag(SourceGroup.parseHour(hour)), true).close();
            }
        }
    }

    private void refreshStatistics(Snapshot published) throws IOException {
        int partitions = Settings.STATISTICS_PER_LOAD.get(conf);
        if (partitions > 0) {
            lease.verify();
            catalog.refreshStatistics(published, partitions);
        }
    }

    private Snapshot publish(Snapshot before, LoadResult result, StagedFile runRecord) throws IOException {
        List<StagedFile> files = new ArrayList<>(result.staged().files());
        files.add(runRecord);
        Set<Long> loaded =
                result.plan().groups().stream().map(GroupRecord::sequence).collect(Collectors.toSet());
        Instant start = clock.instant();
        Snapshot after = publisher.publish(before, request(result.plan(), files, loaded));
        System.out.printf(
                Locale.ROOT,
                "Published %,d files in %.1f s as %s%n",
                files.size(),
                start.until(clock.instant(), ChronoUnit.MILLIS) / 1000.0,
                result.plan().runId());
        return after;
    }

    private PublishRequest request(LoadPlan plan, List<StagedFile> files, Set<Long> loaded) {
        return new PublishRequest(plan.runId(), "load", layout.staging(plan.runId()), files, List.of(), loaded);
    }

    private static void refuse(LoadResult result, List<String> problems) throws IOException {
        LOG.error("Publishing nothing of {}: {} checks failed", result.plan().runId(), problems.size());
        problems.forEach(problem -> LOG.error("{}", problem));
        result.examples().forEach(example -> LOG.error("{}", example));
    }
}
