package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.load.FileTallies.Count;
import com.qcompany.batch.load.FileTallies.Sum;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.GroupRecord.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadAuditTest {

    private static final Sum SALE = new Sum(1, 3, new BigDecimal("9.990000"));
    private static final String FILE = "2024-07-04-10/group1/s.csv: ";

    private final FileTallies tallies = new FileTallies();

    @BeforeEach
    void readFourLines() {
        tallies.add(0, Count.READ, SALE);
        tallies.add(0, Count.READ, SALE);
        tallies.add(0, Count.READ, Sum.lines(2));
        tallies.add(0, Count.REJECTED, Sum.LINE);
        tallies.add(0, Count.WAITING, Sum.LINE);
    }

    @Test
    void passesWhenEveryLineIsAccountedFor() {
        tallies.add(0, Count.LOADED, SALE);
        tallies.add(0, Count.DUPLICATE, SALE);

        assertThat(problems(4, 1, 1, 1)).isEmpty();
    }

    @Test
    void noticesALostSale() {
        tallies.add(0, Count.LOADED, SALE);

        assertThat(problems(4, 1, 1, 1))
                .containsExactly(
                        FILE
                                + "lines in = loaded + duplicate + rejected + superseded + waiting + refused: expected 4, found 3",
                        FILE + "units of accepted sales: expected 6, found 3",
                        FILE + "money of accepted sales: expected 19.980000, found 9.990000");
    }

    @Test
    void noticesMoneyThatChangedOnTheWay() {
        tallies.add(0, Count.LOADED, SALE);
        tallies.add(0, Count.LOADED, new Sum(1, 3, new BigDecimal("9.990001")));

        assertThat(problems(4, 2, 1, 1))
                .containsExactly(FILE + "money of accepted sales: expected 19.980000, found 19.980001");
    }

    @Test
    void noticesAFileLongerThanItWasAtIngestAndRowsThatWereNotWritten() {
        tallies.add(0, Count.LOADED, SALE);
        tallies.add(0, Count.LOADED, SALE);

        assertThat(problems(3, 1, 0, 0))
                .containsExactly(
                        FILE + "records read, as ingest counted: expected 3, found 4",
                        "sales_delta: rows in staged files: expected 2, found 1",
                        "transaction_keys: rows in staged files: expected 2, found 1",
                        "rejected_rows: rows in staged files: expected 1, found 0",
                        "waiting_rows: rows in staged files: expected 1, found 0");
    }

    private List<String> problems(long rowsAtIngest, long sales, long rejected, long waiting) {
        FileRecord file = new FileRecord(
                "sales_transactions", "s.csv", "s.csv", 1, "", "", rowsAtIngest, List.of(), false, true, null);
        GroupRecord group = new GroupRecord(
                1, "group1", 1, "2024-07-04-10", Status.ACCEPTED, null, "raw/group1", List.of(file), "");
        LoadPlan plan = new LoadPlan(
                "run",
                "/q",
                0,
                List.of(group),
                Set.of(),
                List.of(),
                Map.of(),
                new TreeSet<>(),
                FeedCatalog.bundled(),
                Replay.NOTHING,
                null);
        return LoadAudit.problems(
                plan,
                tallies,
                List.of(
                        staged(StarSchema.SALES_DELTA, List.of("1"), sales),
                        staged(StarSchema.TRANSACTION_KEYS, List.of("1"), sales),
                        staged(StarSchema.REJECTED_ROWS, List.of("2024-07-04"), rejected),
                        staged(StarSchema.WAITING_ROWS, List.of(), waiting)));
    }

    private static DataFile staged(Table table, List<String> partition, long rows) {
        return new DataFile(table, partition, new Path("/q/staging/run/" + table.name()), rows);
    }
}
