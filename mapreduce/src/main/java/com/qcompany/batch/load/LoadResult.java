package com.qcompany.batch.load;

import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.load.FileTallies.Count;
import com.qcompany.batch.load.FileTallies.Sum;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.batch.merge.SalesRemoval;
import com.qcompany.batch.publish.RunRow;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.GroupRecord;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * What a load's job came to; the codes say how often each fix was made, rule broken and reference waited for, and by which
 * version of each contract.
 */
record LoadResult(LoadPlan plan, List<DataFile> staged, FileTallies tallies, Map<String, String> codes) {
    /** Reads what the job of a plan has written. */
    static LoadResult of(LoadPlan plan, List<DataFile> staged, Configuration conf) throws IOException {
        FileTallies tallies = new FileTallies();
        for (PlannedFile file : plan.files()) {
            if (file.kind() == PlannedFile.Kind.REPEATED) {
                Sum lines = Sum.lines(file.record().rows());
                tallies.add(file.index(), Count.READ, lines);
                tallies.add(file.index(), Count.DUPLICATE, lines);
            }
        }
        DataFile.forEachRow(RowJob.of(JobTables.FILE_TALLIES, staged), conf, tallies::add);
        Map<String, String> codes = new TreeMap<>();
        plan.feeds().feeds().forEach(feed -> codes.put("contract." + feed.name(), feed.version()));
        tallies.codes().forEach((code, lines) -> codes.put(code, lines.toString()));
        return new LoadResult(plan, staged, tallies, codes);
    }

    /** Groups with more bad lines than is allowed, with a sentence each. */
    Map<GroupRecord, String> groupsToRefuse(double maxRejectedShare) {
        Map<GroupRecord, String> refused = new HashMap<>();
        for (PlannedFile file : plan.files()) {
            long lines = tallies.of(file.index(), Count.READ).lines();
            long rejected = tallies.of(file.index(), Count.REJECTED).lines();
            if (file.kind() == PlannedFile.Kind.NEW && !plan.refuses(file)) {
                for (String reason : file.feed()
                        .refusals(lines, rejected, code -> tallies.broken(file.index(), code), maxRejectedShare)) {
                    refused.merge(
                            file.group(),
                            "%s is refused: %s".formatted(file.source(), reason),
                            (before, more) -> before + "; " + reason);
                }
            }
        }
        return refused;
    }

    /** Published sales of which another version stands. */
    List<SalesRemoval.Sale> removed(Configuration conf) throws IOException {
        List<SalesRemoval.Sale> removed = new ArrayList<>();
        DataFile.forEachRow(
                RowJob.of(JobTables.REMOVED_SALES, staged),
                conf,
                row -> removed.add(new SalesRemoval.Sale(
                        row.text("transaction_id"),
                        row.text("transaction_date"),
                        row.require("added_in", Long.class))));
        return removed;
    }

    /** A sentence for each rule that loaded lines break. */
    List<String> warnings() {
        return codes.entrySet().stream()
                .filter(code -> code.getKey().startsWith(FileTallies.WARNINGS))
                .map(code -> "%s lines break %s and are loaded all the same, as their contract warns only"
                        .formatted(code.getValue(), code.getKey().substring(FileTallies.WARNINGS.length())))
                .toList();
    }

    private List<GroupRecord> groups(boolean refused) {
        return plan.groups().stream()
                .filter(group -> plan.refused().contains(group.sequence()) == refused)
                .toList();
    }

    /** What became of the lines, for a person. */
    String sentence(Instant start, Instant end) {
        long waiting = lines(Count.WAITING);
        long superseded = lines(Count.SUPERSEDED);
        long ofRefused = lines(Count.REFUSED);
        int groups = groups(false).size();
        Sum loaded = tallies.total(Count.LOADED);
        return String.format(
                Locale.ROOT,
                "Loaded %d %s in %.1f s: %,d lines = %,d loaded + %,d duplicate + %,d rejected%s%s%s; %,d units, %s paid",
                groups,
                groups == 1 ? "group" : "groups",
                start.until(end, ChronoUnit.MILLIS) / 1000.0,
                lines(Count.READ),
                loaded.lines(),
                lines(Count.DUPLICATE),
                lines(Count.REJECTED),
                superseded == 0 ? "" : " + %,d superseded".formatted(superseded),
                waiting == 0 ? "" : " + %,d waiting for an agent or branch".formatted(waiting),
                ofRefused == 0 ? "" : " + %,d of refused groups".formatted(ofRefused),
                loaded.units(),
                loaded.paid().stripTrailingZeros().toPlainString());
    }

    /** The run's row of {@code load_runs}. */
    Row runRow(RunRow run, List<String> problems, long filesWritten) {
        Sum loaded = tallies.total(Count.LOADED);
        return run.row()
                .set("groups", texts(groups(false)))
                .set("groups_refused", texts(groups(true)))
                .set("lines_in", lines(Count.READ))
                .set("rows_loaded", loaded.lines())
                .set("rows_duplicate", lines(Count.DUPLICATE))
                .set("rows_rejected", lines(Count.REJECTED))
                .set("rows_superseded", lines(Count.SUPERSEDED))
                .set("rows_waiting", lines(Count.WAITING))
                .set("rows_refused", lines(Count.REFUSED))
                .set("units_loaded", loaded.units())
                .set("total_paid_loaded", loaded.paid())
                .set(
                        "partitions_touched",
                        RowJob.of(StarSchema.SALES_DELTA, staged).isEmpty() ? 0L : 1L)
                .set("files_written", filesWritten)
                .set("counters", codes)
                .set("message", problems.isEmpty() ? null : String.join("; ", problems));
    }

    private long lines(Count count) {
        return tallies.total(count).lines();
    }

    static List<String> texts(List<GroupRecord> groups) {
        return groups.stream().map(group -> group.group().text()).toList();
    }
}
