package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.load.FileTally.Sums;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.SourceGroup;
import java.math.BigDecimal;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadAuditTest {

    private static final Sums SALE = new Sums(3, new BigDecimal("9.9900"));

    private final List<PlannedFile> files = List.of(new PlannedFile(
            0,
            0,
            SourceGroup.parse("2024-07-04-10/group1"),
            new FileRecord("sales_transactions", "s.csv", 1, "", 3, List.of(), false),
            new Path("/s.csv")));
    private final FileTallies tallies = new FileTallies();

    @BeforeEach
    void readThreeLines() {
        FileTally tally = tallies.of(0);
        tally.acceptSale(SALE);
        tally.acceptSale(SALE);
        tally.reject();
    }

    @Test
    void passesWhenEveryLineIsAccountedFor() {
        tallies.of(0).load(SALE);
        tallies.of(0).duplicate(SALE);

        assertThat(LoadAudit.problems(files, tallies, 1, 1, 1)).isEmpty();
    }

    @Test
    void noticesALostSale() {
        tallies.of(0).load(SALE);

        assertThat(LoadAudit.problems(files, tallies, 1, 1, 1))
                .containsExactly(
                        "2024-07-04-10/group1/s.csv: lines in = loaded + duplicate + rejected: expected 3, found 2",
                        "2024-07-04-10/group1/s.csv: units of accepted sales: expected 6, found 3",
                        "2024-07-04-10/group1/s.csv: money of accepted sales: expected 19.9800, found 9.9900");
    }

    @Test
    void noticesMoneyThatChangedOnTheWay() {
        tallies.of(0).load(SALE);
        tallies.of(0).load(new Sums(3, new BigDecimal("9.9901")));

        assertThat(LoadAudit.problems(files, tallies, 2, 2, 1))
                .containsExactly(
                        "2024-07-04-10/group1/s.csv: money of accepted sales: expected 19.9800, found 19.9801");
    }

    @Test
    void noticesAFileShorterThanItWasAtIngestAndAnUnwrittenRow() {
        tallies.of(0).load(SALE);
        tallies.of(0).load(SALE);
        tallies.of(0).reject();

        assertThat(LoadAudit.problems(files, tallies, 1, 2, 2))
                .containsExactly(
                        "2024-07-04-10/group1/s.csv: records read, as ingest counted: expected 3, found 4",
                        "sales_transactions_fact: rows in staged files: expected 2, found 1");
    }
}
