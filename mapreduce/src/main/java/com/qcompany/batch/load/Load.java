package com.qcompany.batch.load;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.contract.ContractHistory;
import com.qcompany.batch.feed.AddedColumns;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.merge.Merge;
import com.qcompany.batch.monitor.BatchLineage;
import com.qcompany.batch.monitor.MetricsFile;
import com.qcompany.batch.publish.PublishRequest;
import com.qcompany.batch.publish.Retention;
import com.qcompany.batch.publish.RunRow;
import com.qcompany.batch.quality.ColumnMeasure;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.lineage.LineageEvents;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One load: plan, decide about every line by a job, audit, merge the dimensions by another, publish, merge sales into the
 * base if that is due. Nobody sees anything of it before the publish. A group with too many rejected sales, or whose quality fails, refuses itself:
 * the job runs again, and of that group only its rejected lines are published.
 */
final class Load {
    private static final Logger LOG = LoggerFactory.getLogger(Load.class);
    private static final String COMMAND = "load";

    private final WarehouseRun run;

    /** What a job came to in which no further group refuses itself. */
    private record Decided(LoadResult result, LoadQuality quality) {}

    Load(WarehouseRun run) {
        this.run = run;
    }

    /** Loads what is selected; first its contracts are compared with those of the last load. */
    ExitCode run(GroupSelection selection, boolean acceptContracts) throws IOException {
        selection.requireTaken(run.ledger());
        long seen = Snapshots.latest(run.fs(), run.layout()).sequence();
        Snapshot before = run.begin(acceptContracts);
        PendingGroups pending = PendingGroups.of(run.ledger(), before, selection);
        if (!pending.leftOut().isEmpty()) {
            System.out.printf(
                    "Left pending by --group, --except or --until: %s%n",
                    String.join(", ", LoadResult.texts(pending.leftOut())));
        }
        printRefused(
                "refused groups",
                pending.refused().stream()
                        .filter(group -> selection.only().contains(group.name()))
                        .filter(group -> pending.toLoad().stream()
                                .noneMatch(other -> other.name().equals(group.name())))
                        .toList());
        if (pending.toLoad().isEmpty()) {
            return nothingTo("load", before, seen, "no group is pending");
        }
        return load(before, pending, Replay.NOTHING);
    }

    /** Judges rejected rows again and loads those that are right now; no pending group. */
    ExitCode replay(Replay replay) throws IOException {
        long seen = Snapshots.latest(run.fs(), run.layout()).sequence();
        Snapshot before = run.begin(false);
        Replay.Groups found = replay.find(before, run.layout(), run.conf());
        Set<Long> refused = found.left();
        refused.retainAll(before.refused());
        printRefused("rows of refused groups", run.ledger().read(refused));
        if (found.taken().isEmpty()) {
            return nothingTo("replay", before, seen, "no row is rejected by " + replay.rule());
        }
        return load(before, PendingGroups.NONE, replay.of(found.taken()));
    }

    private static void printRefused(String what, List<GroupRecord> refused) {
        if (!refused.isEmpty()) {
            String groups = refused.stream()
                    .map(group -> " --group " + GroupSelection.versioned(group))
                    .collect(Collectors.joining());
            System.out.printf("Left %s, which load whole: q load%s%n", what, groups);
        }
    }

    private ExitCode load(Snapshot before, PendingGroups pending, Replay replay) throws IOException {
        Instant start = run.clock().instant();
        String runId = RunRow.id(COMMAND, start);
        LOG.info("Loading {} groups as {}", pending.toLoad().size(), runId);
        List<String> problems = new ArrayList<>();
        FeedCatalog feeds = new ContractHistory(run.fs(), run.layout()).adding(run.feeds(), pending.toLoad());
        LoadPlanner planner = new LoadPlanner(run, replay, feeds);
        Decided decided = decide(runId, before, pending.toLoad(), planner, problems);
        LoadResult result = decided.result();
        List<String> faults = LoadAudit.problems(result.plan(), result.tallies(), result.staged());
        if (!faults.isEmpty()) {
            publishFaults(before, result, faults, start);
            Program.explain(run.conf(), String.join("; ", faults));
            return ExitCode.CHECKS_FAILED;
        }
        System.out.println(result.sentence(start, run.clock().instant()));
        result.warnings().forEach(warning -> LOG.warn("{}", warning));
        Snapshot after = publish(before, decided, pending, problems, start);
        flagHours(result.plan().groups(), after);
        after = new Merge(run).mergeIfDue(after);
        new Retention(run.fs(), run.layout(), run.conf(), run.clock()).sweep(after);
        if (problems.isEmpty()) {
            return ExitCode.OK;
        }
        Program.explain(run.conf(), String.join("; ", problems));
        return ExitCode.CHECKS_FAILED;
    }

    static ExitCode nothingTo(String what, Snapshot before, long seen, String reason) {
        if (before.sequence() > seen) {
            System.out.printf("Completed publish %d, which an earlier run began; %s.%n", before.sequence(), reason);
            return ExitCode.OK;
        }
        System.out.printf("Nothing to %s: %s.%n", what, reason);
        return ExitCode.NOTHING_TO_DO;
    }

    /** Runs the job until no further group refuses itself. */
    private Decided decide(
            String runId, Snapshot before, List<GroupRecord> groups, LoadPlanner planner, List<String> problems)
            throws IOException {
        SortedSet<Long> allRefused = new TreeSet<>();
        for (int attempt = 1; ; attempt++) {
            LoadPlan plan = planner.plan(runId, before, groups, allRefused, null);
            Path directory = new Path(run.layout().staging(runId), "attempt-" + attempt);
            LoadResult result = LoadJob.run(run.conf(), plan, before, run.layout(), directory);
            LoadQuality quality = LoadQuality.of(plan, result.staged(), before, run.layout(), run.conf());
            double maxRejected = Settings.LOAD_MAX_REJECTED.get(run.conf());
            Map<GroupRecord, String> refused = result.groupsToRefuse(maxRejected);
            if (refused.isEmpty() && maxRejected < 1) {
                refused = quality.groupsToRefuse(); // compared with none that is refused
            }
            if (refused.isEmpty()) {
                return new Decided(result, quality);
            }
            refused.values().stream().sorted().forEach(reason -> {
                LOG.error("{}", reason);
                problems.add(reason);
            });
            refused.keySet().forEach(group -> allRefused.add(group.sequence()));
        }
    }

    private void publishFaults(Snapshot before, LoadResult result, List<String> faults, Instant start)
            throws IOException {
        LOG.error(
                "Publishing nothing of {}: {} counts do not add up",
                result.plan().runId(),
                faults.size());
        faults.forEach(fault -> LOG.error("{}", fault));
        Instant end = run.clock().instant();
        RunRow row = new RunRow(result.plan().runId(), COMMAND, "checks_failed", start, end);
        Row told = row.row().set("message", String.join("; ", faults));
        PublishRequest request =
                new PublishRequest(row.runId(), COMMAND).append(row.stage(told, run.layout(), run.conf()));
        run.publisher().publish(before, request);
    }

    private Snapshot publish(
            Snapshot before, Decided decided, PendingGroups pending, List<String> problems, Instant start)
            throws IOException {
        LoadResult result = decided.result();
        LoadQuality quality = decided.quality();
        LoadPlan plan = result.plan();
        Path staging = run.layout().staging(plan.runId());
        SourceGroupRows groups = SourceGroupRows.read(before, run.layout(), run.conf());
        PublishRequest request =
                new StagedLoad(run, before, result).gather(COMMAND, groups, Set.of(), result.removed(run.conf()));
        List<DataFile> rejected = RowJob.of(StarSchema.REJECTED_ROWS, result.staged());
        request.replace(plan.replay().stage(before, run.layout(), run.conf(), rejected, new Path(staging, "replayed")))
                .append(rejected);
        quality.warnings().forEach(warning -> LOG.warn("{}", warning));
        request.append(quality.stage(new Path(staging, "quality")));
        int files = request.files().size() + 1;
        Instant end = run.clock().instant();
        RunRow row = new RunRow(plan.runId(), COMMAND, "published", start, end);
        // Before the publish, which removes what the job wrote.
        Map<Feed, List<ColumnMeasure>> lineage = LineageEvents.areWanted(run.conf()) ? quality.byFeed() : Map.of();
        Row runRow = quality.count(result.runRow(row, problems, files));
        SortedSet<Long> decidedGroups = new TreeSet<>(pending.replaced());
        plan.groups().forEach(group -> decidedGroups.add(group.sequence()));
        Instant publishing = run.clock().instant();
        Snapshot after = run.publisher()
                .publish(
                        before.adding(AddedColumns.of(plan.feeds())),
                        request.append(row.stage(runRow, run.layout(), run.conf()))
                                .decide(decidedGroups, plan.refused(), pending.noLongerRefused(plan.refused())));
        MetricsFile.published(run.conf(), runRow);
        if (LineageEvents.areWanted(run.conf())) {
            BatchLineage.loaded(run.conf(), plan.feeds(), runRow, lineage, quality.judgements(), request.files());
        }
        System.out.printf(
                Locale.ROOT,
                "Published %,d files in %.1f s as %s%n",
                files,
                publishing.until(run.clock().instant(), ChronoUnit.MILLIS) / 1000.0,
                plan.runId());
        return after;
    }

    /**
     * Flags the hours of what was loaded or refused, for schedulers that wait: a refused group keeps no reports away. Of a
     * run killed here, they flag the hour they asked.
     */
    private void flagHours(List<GroupRecord> decided, Snapshot after) throws IOException {
        Set<String> pending =
                run.ledger().pending(after).stream().map(GroupRecord::hour).collect(Collectors.toSet());
        for (String hour : decided.stream().map(GroupRecord::hour).collect(Collectors.toSet())) {
            if (!pending.contains(hour)) {
                run.fs()
                        .create(run.layout().loadedFlag(SourceGroup.parseHour(hour)), true)
                        .close();
            }
        }
    }
}
