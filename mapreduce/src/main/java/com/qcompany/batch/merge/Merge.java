package com.qcompany.batch.merge;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.monitor.BatchLineage;
import com.qcompany.batch.monitor.MetricsFile;
import com.qcompany.batch.publish.PublishRequest;
import com.qcompany.batch.publish.Retention;
import com.qcompany.batch.publish.RunRow;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.lineage.LineageEvents;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.ParallelTasks;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges the deltas into the base and publishes the result: the touched dates get new versions, and readers are shown
 * that these sales are in the base. Deltas stay until no query reads them. Works under the lease of the run that calls it;
 * a rerun after a crash begins anew.
 */
public final class Merge {
    private static final Logger LOG = LoggerFactory.getLogger(Merge.class);
    private static final String COMMAND = "compact";

    private final WarehouseRun run;

    public Merge(WarehouseRun run) {
        this.run = run;
    }

    /**
     * Merges where at least {@code q.compact.max-deltas} deltas are not merged yet.
     *
     * @return the new state, or {@code before} where it is not due
     */
    public Snapshot mergeIfDue(Snapshot before) throws IOException {
        int max = Settings.COMPACT_MAX_DELTAS.get(run.conf());
        return max > 0 && before.unmergedDeltas().size() >= max ? merge(before) : before;
    }

    /** Merges what is there; returns the new state, or {@code before} where there is nothing to merge or forget. */
    public Snapshot merge(Snapshot before) throws IOException {
        Instant start = run.clock().instant();
        Snapshot oldest = new Retention(run.fs(), run.layout(), run.conf(), run.clock())
                .oldestInUse()
                .orElse(Snapshot.empty());
        Set<String> dates = deltaDates(before);
        dates.addAll(retiredDates(before, oldest.sequence()));
        MergePlan plan = MergePlan.of(
                before,
                run.layout(),
                dates,
                oldest,
                LocalDate.ofInstant(start, ZoneOffset.UTC),
                Settings.COMPACT_RETIRE_DAYS.get(run.conf()));
        if (plan.inputs().isEmpty() && plan.dropped().isEmpty()) {
            return before;
        }
        List<DataFile> unseen = new ArrayList<>(plan.inputs());
        unseen.removeIf(file -> file.table().equals(StarSchema.SALES_BASE)); // retiredDates looked at all of the base
        DataFile.requireAll(run.fs(), unseen, run.conf());
        String runId = RunRow.id(COMMAND, start);
        Path staging = run.layout().staging(runId);
        List<DataFile> merged = new ArrayList<>();
        if (!plan.inputs().isEmpty()) {
            Job job = MergeJob.create(run.conf(), plan.inputs(), oldest.sequence(), before.sequence() + 1, staging);
            merged.addAll(RowJob.run(job));
            requireAllRows(plan, merged, job);
        }
        RunRow runRow =
                new RunRow(runId, COMMAND, "published", start, run.clock().instant());
        run.publisher().hideSalesBefore(oldest.sequence());
        return publish(before, plan.droppingEmptied(merged), merged, runRow);
    }

    private Snapshot publish(Snapshot before, MergePlan plan, List<DataFile> merged, RunRow runRow) throws IOException {
        Map<String, String> counters = new TreeMap<>();
        for (Table table : List.of(StarSchema.SALES_BASE, StarSchema.SALES_DELTA, StarSchema.TRANSACTION_KEYS)) {
            counters.put("read." + table.name(), Long.toString(plan.rowsOf(table)));
        }
        long partitions = RowJob.of(StarSchema.SALES_BASE, merged).size();
        Row row = runRow.row()
                .set("partitions_touched", partitions)
                .set("files_written", (long) merged.size())
                .set("counters", counters);
        PublishRequest request = new PublishRequest(runRow.runId(), COMMAND)
                .replace(merged)
                .drop(plan.dropped())
                .mergedUpTo(before.sequence())
                .append(runRow.stage(row, run.layout(), run.conf()));
        Snapshot after = run.publisher().publish(before, request);
        MetricsFile.published(run.conf(), row);
        if (LineageEvents.areWanted(run.conf())) {
            BatchLineage.merged(run.conf(), row, plan.inputs(), merged);
        }
        LOG.info(
                "Merged {} dates; {} files written, {} partitions dropped",
                partitions,
                merged.size(),
                plan.dropped().size());
        return after;
    }

    /** Dates of the sales that are not merged yet. */
    private Set<String> deltaDates(Snapshot before) throws IOException {
        Set<String> dates = new HashSet<>();
        Table projection = StarSchema.SALES_DELTA.project(List.of("transaction_date"));
        List<DataFile> deltas = new ArrayList<>();
        for (long addedIn : before.unmergedDeltas().keySet()) {
            deltas.addAll(DataFile.of(before, run.layout(), projection, Long.toString(addedIn)));
        }
        DataFile.forEachRow(deltas, run.conf(), row -> dates.add(row.text("transaction_date")));
        return dates;
    }

    /** Dates of the base with sales that no query sees any more; the statistics in the footers of the others rule them out. */
    private Set<String> retiredDates(Snapshot before, long removedUpTo) throws IOException {
        Set<String> dates = ConcurrentHashMap.newKeySet();
        Table projection = StarSchema.SALES_BASE.project(List.of("removed_in"));
        FilterPredicate retired = FilterApi.ltEq(FilterApi.longColumn("removed_in"), removedUpTo);
        List<DataFile> base = DataFile.of(before, run.layout(), StarSchema.SALES_BASE);
        new ParallelTasks(Settings.PUBLISH_THREADS.get(run.conf())).forEach(base, file -> {
            DataFile.requireAll(run.fs(), List.of(file), run.conf());
            if (ParquetRows.hasAny(projection, file.path(), run.conf(), retired)) {
                dates.add(file.partition().get(0));
            }
        });
        return dates;
    }

    private static void requireAllRows(MergePlan plan, List<DataFile> merged, Job job) throws IOException {
        Counters counters = job.getCounters();
        long purged = counters.findCounter(MergeJob.Count.SALES_PURGED).getValue();
        long replaced = counters.findCounter(MergeJob.Count.KEYS_REPLACED).getValue();
        long sales = plan.rowsOf(StarSchema.SALES_BASE) + plan.rowsOf(StarSchema.SALES_DELTA);
        requireRows(StarSchema.SALES_BASE, sales - purged, merged);
        requireRows(StarSchema.TRANSACTION_KEYS, plan.rowsOf(StarSchema.TRANSACTION_KEYS) - replaced, merged);
        for (Table table : StarSchema.RECORDS_OF_RUNS) {
            requireRows(table, plan.rowsOf(table), merged);
        }
    }

    private static void requireRows(Table table, long expected, List<DataFile> merged) throws IOException {
        long found = RowJob.of(table, merged).stream().mapToLong(DataFile::rows).sum();
        if (found != expected) {
            throw new IOException("Cannot publish a merge: it wrote %d rows of %s (expected %d; nothing was changed)"
                    .formatted(found, table.name(), expected));
        }
    }
}
