package com.qcompany.batch.load;

import com.qcompany.batch.load.FileTally.Sums;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what was counted at ingest, by the mappers, by the reducers and by the files' writers. Lines in are loaded,
 * duplicate or rejected, and units and money likewise, file by file; anything else publishes nothing.
 */
final class LoadAudit {

    private final List<String> problems = new ArrayList<>();

    private LoadAudit() {}

    /**
     * Audits a load.
     *
     * @param salesStaged rows in staged files of the fact
     * @param keysStaged rows in staged files of its keys
     * @param rejectedStaged rows in staged files of rejected rows
     * @return a sentence for every count that does not add up; empty when all do
     */
    static List<String> problems(
            List<PlannedFile> files, FileTallies tallies, long salesStaged, long keysStaged, long rejectedStaged) {
        LoadAudit audit = new LoadAudit();
        long sales = 0;
        for (PlannedFile file : files) {
            FileTally tally = tallies.of(file.index());
            String name = file.group() + "/" + file.record().name();
            audit.expect(name, "records read, as ingest counted", file.record().rows(), tally.lines());
            audit.expect(
                    name,
                    "lines in = loaded + duplicate + rejected",
                    tally.lines(),
                    tally.loaded() + tally.duplicates() + tally.rejected());
            audit.expectSums(name, tally.read(), tally.written().plus(tally.other()));
            sales += tally.written().equals(Sums.NONE) ? 0 : tally.loaded();
        }
        audit.expect("sales_transactions_fact", "rows in staged files", sales, salesStaged);
        audit.expect("transaction_keys", "rows in staged files", sales, keysStaged);
        audit.expect("rejected_rows", "rows in staged files", tallies.total().rejected(), rejectedStaged);
        return audit.problems;
    }

    private void expect(String what, String count, long expected, long found) {
        if (expected != found) {
            problems.add("%s: %s: expected %d, found %d".formatted(what, count, expected, found));
        }
    }

    private void expectSums(String file, Sums read, Sums written) {
        expect(file, "units of accepted sales", read.units(), written.units());
        if (read.paid().compareTo(written.paid()) != 0) {
            problems.add("%s: money of accepted sales: expected %s, found %s"
                    .formatted(file, read.paid().toPlainString(), written.paid().toPlainString()));
        }
    }
}
