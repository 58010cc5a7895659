package com.qcompany.batch.load;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.load.FileTallies.Count;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.batch.merge.Merge;
import com.qcompany.batch.merge.SalesRemoval;
import com.qcompany.batch.publish.PublishRequest;
import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.batch.publish.Retention;
import com.qcompany.batch.publish.Rewrite;
import com.qcompany.batch.publish.RunRow;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.DecidedGroups;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.filter2.predicate.FilterPredicate;

/**
 * Takes a loaded group back, or restores one. The result is what one load of the groups that are left gives: the sales
 * that the group has are decided again from the raw files of all loaded groups, and its sightings leave the dimensions.
 * All of it is one publish; a rerun after a crash completes it, or begins anew.
 */
final class RetractionRun {
    private final WarehouseRun run;
    private final RetractionRequest request;

    RetractionRun(WarehouseRun run, RetractionRequest request) {
        this.run = run;
        this.request = request;
    }

    ExitCode run() throws IOException {
        long seen = Snapshots.latest(run.fs(), run.layout()).sequence();
        Snapshot before = run.begin(false);
        SourceGroupRows groups = SourceGroupRows.read(before, run.layout(), run.conf());
        Optional<GroupRecord> found = find(groups);
        if (found.isEmpty()) {
            String reason = request.name() + (request.restores() ? " is loaded already" : " is retracted already");
            return Load.nothingTo(request.command(), before, seen, reason);
        }
        Snapshot after = decideAgain(before, groups, found.get());
        after = new Merge(run).mergeIfDue(after);
        new Retention(run.fs(), run.layout(), run.conf(), run.clock()).sweep(after);
        return ExitCode.OK;
    }

    /** The one group that is meant; empty where it is what it shall become already. */
    private Optional<GroupRecord> find(SourceGroupRows groups) throws IOException {
        List<GroupRecord> meant = named(groups.of(request.restores() ? DecidedGroups.RETRACTED : DecidedGroups.LOADED));
        if (meant.size() == 1) {
            return Optional.of(meant.get(0));
        }
        if (meant.size() > 1) {
            throw new UsageException("Cannot %s %s: it is %s (expected one of them: NAME@VERSION)"
                    .formatted(request.command(), request.name(), String.join(", ", LoadResult.texts(meant))));
        }
        if (named(groups.of(request.restores() ? DecidedGroups.LOADED : DecidedGroups.RETRACTED))
                .isEmpty()) {
            throw new UsageException("Cannot %s %s: no group of this name%s is loaded"
                    .formatted(
                            request.command(),
                            request.name(),
                            request.hour().map(hour -> " and hour " + hour).orElse("")));
        }
        return Optional.empty();
    }

    private List<GroupRecord> named(Collection<Long> sequences) throws IOException {
        return run.ledger().read(sequences).stream().filter(request::means).toList();
    }

    private Snapshot decideAgain(Snapshot before, SourceGroupRows groups, GroupRecord group) throws IOException {
        Instant start = run.clock().instant();
        String runId = RunRow.id(request.command(), start);
        SortedSet<Long> concerned = new TreeSet<>(groups.of(DecidedGroups.LOADED));
        concerned.add(group.sequence());
        List<GroupRecord> records = run.ledger().read(concerned).stream()
                .sorted(Comparator.comparing(GroupRecord::group))
                .toList();
        LoadPlanner planner = new LoadPlanner(run, Replay.NOTHING, run.feeds());
        Retraction retraction =
                retraction(planner.publishedKeys(before, Set.of()), rejected(before), group, records, start);
        LoadPlan plan = planner.plan(runId, before, records, new TreeSet<>(), retraction);
        LoadResult result = LoadJob.run(
                run.conf(), plan, before, run.layout(), new Path(run.layout().staging(runId), "decided"));
        List<String> faults = LoadAudit.problems(plan, result.tallies(), result.staged());
        if (!faults.isEmpty()) {
            throw new IOException("Cannot %s %s: counts do not add up: %s (nothing was changed)"
                    .formatted(request.command(), group.group(), String.join("; ", faults)));
        }
        List<SalesRemoval.Sale> removed = result.removed(run.conf());
        Snapshot after = publish(before, groups, group, result, removed, start);
        System.out.printf(
                Locale.ROOT,
                "%s %s: %,d sales removed, %,d loaded, %,d waiting (publish %d)%n",
                request.restores() ? "Restored" : "Retracted",
                group.group(),
                removed.size(),
                result.tallies().total(Count.LOADED).lines(),
                result.tallies().total(Count.WAITING).lines(),
                after.sequence());
        return after;
    }

    /** Lines of loaded groups that are rejected, and were not replayed, by their file. */
    private Map<String, Set<Long>> rejected(Snapshot before) throws IOException {
        Table places = StarSchema.REJECTED_ROWS.project(
                List.of("source_file", "line_number", "group_sequence", "group_refused", "replayed_in"));
        Map<String, Set<Long>> lines = new HashMap<>();
        DataFile.forEachRow(before, run.layout(), places, run.conf(), row -> {
            if (row.get("replayed_in") == null && !row.require("group_refused", Boolean.class)) {
                lines.computeIfAbsent(PlannedFile.placeOf(row), any -> new HashSet<>())
                        .add(row.require("line_number", Long.class));
            }
        });
        return lines;
    }

    private Retraction retraction(
            Map<String, Set<String>> knownBefore,
            Map<String, Set<Long>> rejected,
            GroupRecord group,
            List<GroupRecord> records,
            Instant start) {
        String what = "%s %s".formatted(request.restores() ? "restored" : "retracted", group.group());
        Retraction retraction = new Retraction(
                group.sequence(),
                request.restores(),
                request.reason().isEmpty() ? what : what + ": " + request.reason(),
                LocalDate.ofInstant(start, ZoneOffset.UTC).toString(),
                new TreeSet<>(),
                knownBefore,
                rejected);
        for (GroupRecord record : records) {
            if (record.files().stream().anyMatch(file -> retraction.concerns(record, file))) {
                retraction.forgotten().add(record.sequence());
            }
        }
        return retraction;
    }

    private Snapshot publish(
            Snapshot before,
            SourceGroupRows groups,
            GroupRecord group,
            LoadResult result,
            List<SalesRemoval.Sale> removed,
            Instant start)
            throws IOException {
        LoadPlan plan = result.plan();
        Path staging = run.layout().staging(plan.runId());
        PublishRequest changes =
                new StagedLoad(run, before, result).gather(request.command(), groups, forgotten(result), removed);
        Set<String> ids = removed.stream().map(SalesRemoval.Sale::id).collect(Collectors.toSet());
        removeKeys(before, ids, new Path(staging, "keys"), changes);
        changes.replace(rejectionsLeft(before, plan, new Path(staging, "rejected")))
                .append(RowJob.of(StarSchema.REJECTED_ROWS, result.staged()));
        RunRow runRow = new RunRow(
                plan.runId(), request.command(), "published", start, run.clock().instant());
        Row row = result.runRow(runRow, List.of(), changes.files().size() + 1)
                .set("groups", LoadResult.texts(List.of(group)))
                .set("message", request.reason().isEmpty() ? null : request.reason());
        return run.publisher().publish(before, changes.append(runRow.stage(row, run.layout(), run.conf())));
    }

    /** Writes the segments of keys that have some ids once more without them, and forgets those of which nothing is left. */
    private void removeKeys(Snapshot before, Set<String> ids, Path directory, PublishRequest changes)
            throws IOException {
        FilterPredicate removed = ParquetRows.anyOf("transaction_id", ids);
        for (String segment : before.partitionsOf(StarSchema.TRANSACTION_KEYS).keySet()) {
            List<DataFile> files = DataFile.of(before, run.layout(), StarSchema.TRANSACTION_KEYS, segment);
            boolean hasSome = false;
            for (DataFile file : files) {
                hasSome |= ParquetRows.hasAny(file.table(), file.path(), run.conf(), removed);
            }
            List<DataFile> kept = new Rewrite(run.fs(), run.conf())
                    .stage(
                            hasSome ? files : List.of(),
                            new Path(directory, segment),
                            row -> ids.contains(row.text("transaction_id")) ? Optional.empty() : Optional.of(row));
            if (kept.stream().anyMatch(file -> file.rows() > 0)) {
                changes.replace(kept);
            } else if (hasSome) {
                changes.drop(List.of(new Partition(StarSchema.TRANSACTION_KEYS, List.of(segment))));
            }
        }
    }

    /** Groups whose sightings are made anew: those of the plan, and those with sales that wait now. */
    private static Set<Long> forgotten(LoadResult result) {
        LoadPlan plan = result.plan();
        Set<Long> forgotten =
                new TreeSet<>(Objects.requireNonNull(plan.retraction()).forgotten());
        plan.files().stream()
                .filter(file -> file.kind() == PlannedFile.Kind.SCANNED)
                .filter(file -> result.tallies().of(file.index(), Count.WAITING).lines() > 0)
                .forEach(file -> forgotten.add(file.group().sequence()));
        return forgotten;
    }

    /**
     * Rejected rows of files that are decided anew go; those of a group that is taken back count as of a refused one: no replay
     * takes them.
     */
    private List<DataFile> rejectionsLeft(Snapshot before, LoadPlan plan, Path directory) throws IOException {
        Retraction retraction = Objects.requireNonNull(plan.retraction());
        Set<String> places = new HashSet<>();
        Set<DataFile> files = new LinkedHashSet<>();
        for (PlannedFile file : plan.files()) {
            if (file.isDecidedAnew()) {
                places.add(file.place());
                files.addAll(DataFile.of(before, run.layout(), StarSchema.REJECTED_ROWS, Quarantine.partition(file)));
            }
        }
        return new Rewrite(run.fs(), run.conf()).stage(List.copyOf(files), directory, row -> {
            if (!places.contains(PlannedFile.placeOf(row))) {
                return Optional.of(row);
            }
            boolean isTakenBack = retraction.takesBack(row.require("group_sequence", Long.class));
            return isTakenBack ? Optional.of(row.set("group_refused", true)) : Optional.empty();
        });
    }
}
