package com.qcompany.batch.load;

import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.load.FileTallies.Count;
import com.qcompany.batch.load.FileTallies.Sum;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what was counted at ingest, by the mappers, by the reducers and in the files' footers. Every line in is loaded,
 * duplicate, rejected, superseded, waiting or of a refused group, and units and money likewise, file by file; anything else publishes
 * nothing.
 */
final class LoadAudit {
    private final List<String> problems = new ArrayList<>();

    private LoadAudit() {}

    /** A sentence for every count that does not add up; empty when all do. */
    static List<String> problems(LoadPlan plan, FileTallies tallies, List<DataFile> staged) {
        LoadAudit audit = new LoadAudit();
        long sales = 0;
        for (PlannedFile file : plan.files()) {
            Sum in = tallies.of(file.index(), Count.READ);
            Sum out = tallies.of(
                    file.index(),
                    Count.LOADED,
                    Count.DUPLICATE,
                    Count.REJECTED,
                    Count.SUPERSEDED,
                    Count.WAITING,
                    Count.REFUSED);
            String name = file.source() + "/" + file.record().name();
            if (file.kind() == PlannedFile.Kind.NEW) {
                audit.expect(
                        name, "records read, as ingest counted", file.record().rows(), in.lines());
            }
            audit.expect(
                    name,
                    "lines in = loaded + duplicate + rejected + superseded + waiting + refused",
                    in.lines(),
                    out.lines());
            audit.expect(name, "units of accepted sales", in.units(), out.units());
            if (in.paid().compareTo(out.paid()) != 0) {
                audit.problems.add("%s: money of accepted sales: expected %s, found %s"
                        .formatted(name, in.paid().toPlainString(), out.paid().toPlainString()));
            }
            sales += file.feed().bringsSales()
                    ? tallies.of(file.index(), Count.LOADED).lines()
                    : 0;
        }
        audit.expectStaged(StarSchema.SALES_DELTA, sales, staged);
        audit.expectStaged(
                StarSchema.TRANSACTION_KEYS,
                sales + tallies.total(Count.CONFIRMED).lines(),
                staged);
        audit.expectStaged(
                StarSchema.REJECTED_ROWS, tallies.total(Count.REJECTED).lines(), staged);
        audit.expectStaged(StarSchema.WAITING_ROWS, tallies.total(Count.WAITING).lines(), staged);
        return audit.problems;
    }

    private void expectStaged(Table table, long rows, List<DataFile> staged) {
        long found = RowJob.of(table, staged).stream().mapToLong(DataFile::rows).sum();
        expect(table.name(), "rows in staged files", rows, found);
    }

    private void expect(String what, String count, long expected, long found) {
        if (expected != found) {
            problems.add("%s: %s: expected %d, found %d".formatted(what, count, expected, found));
        }
    }
}
