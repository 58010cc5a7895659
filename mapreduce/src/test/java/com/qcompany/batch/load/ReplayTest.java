package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.qcompany.batch.Main;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.parquet.hadoop.ParquetWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejected rows that are judged again: trx-2 would be right if its rule was mended, trx-3 would not. */
class ReplayTest {
    private static final String RULE = "units_out_of_range";

    @TempDir
    Path dir;

    private LocalWarehouse warehouse;

    @BeforeEach
    void rejectTwoSales() throws Exception {
        warehouse = new LocalWarehouse(dir);
        Path group = Files.createDirectories(warehouse.landing().resolve("group1"));
        Files.writeString(
                group.resolve("branches_1.csv"), "branch_id,location,establish_date,class\n1,New York,2017-01-15,A\n");
        Files.writeString(group.resolve("sales_agents_1.csv"), "sales_person_id,name,hire_date\n1,John Doe,2020-6-3\n");
        Files.writeString(
                group.resolve("sales_transactions_1.csv"),
                String.join("\n", LocalWarehouse.HEADER, sale("trx-1", 1), sale("trx-2", 0), sale("trx-3", 0), ""));
        warehouse.ingest("2024-07-04-10");
        assertThat(warehouse.load("-D", "q.load.max-rejected-share=1")).isZero();
        assertThat(rejected()).containsExactlyInAnyOrder(tuple(sale("trx-2", 0), null), tuple(sale("trx-3", 0), null));
    }

    @Test
    void loadsWhatIsRightNowOnceAndKeepsWhatIsStillBad() throws Exception {
        mend();

        assertThat(replay("--rule", RULE)).isZero();

        assertThat(sales()).containsExactlyInAnyOrder(tuple("trx-1", 1), tuple("trx-2", 2));
        assertThat(rejected()).containsExactlyInAnyOrder(tuple(sale("trx-2", 2), 2L), tuple(sale("trx-3", 0), null));
        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("source_group"))
                .containsOnly("2024-07-04-10/group1");

        assertThat(replay("--rule", RULE)).isZero();

        assertThat(sales()).hasSize(2);
        assertThat(rejected()).containsExactlyInAnyOrder(tuple(sale("trx-2", 2), 2L), tuple(sale("trx-3", 0), null));
        assertThat(warehouse.printed(ExitCode.OK, "rejects"))
                .containsPattern(RULE + " +2024-07-04-10 +1 +0\n")
                .contains("sales_transactions_1.csv line 4\n", sale("trx-3", 0))
                .doesNotContain("trx-2");
        assertThat(warehouse.printed(ExitCode.NOTHING_TO_DO, "rejects", "--since", "2024-07-04-11"))
                .isEqualTo("No row is rejected.\n");
    }

    @Test
    void leavesOtherRulesAndEarlierHoursAlone() throws Exception {
        mend();

        assertThat(replay("--rule", "several_offers")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        assertThat(replay("--rule", RULE, "--since", "2024-07-04-11")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        assertThat(replay()).isEqualTo(ExitCode.USAGE.code());

        assertThat(sales()).containsExactly(tuple("trx-1", 1));
        assertThat(warehouse.snapshot().sequence()).isEqualTo(1);
    }

    @Test
    void aSaleThatWaitedAndIsRejectedByTheWayLeavesTheOtherRowsOfItsDay() throws Exception {
        String waiting = sale("trx-6", 1).replace(",1,1,22", ",9,1,22");
        warehouse.group("group2", waiting);
        warehouse.ingest("2024-07-04-11");
        assertThat(warehouse.load()).isZero();
        warehouse.group("group3", sale("trx-7", 0), sale("trx-8", 1));
        warehouse.ingest("2024-07-05-10");
        assertThat(warehouse.load("-D", "q.load.max-rejected-share=1")).isZero();
        rewrite(StarSchema.WAITING_ROWS, rows -> rows.get(0).set("raw_line", sale("trx-6", 0)));

        assertThat(replay("--rule", RULE, "--since", "2024-07-05-00")).isZero();

        assertThat(rejected())
                .containsExactlyInAnyOrder(
                        tuple(sale("trx-2", 0), null),
                        tuple(sale("trx-3", 0), null),
                        tuple(sale("trx-6", 0), null),
                        tuple(sale("trx-7", 0), null));
    }

    @Test
    void leavesRowsOfRefusedGroupsAloneAndSaysHowTheseLoad() throws Exception {
        warehouse.group("group2", sale("trx-4", 0));
        warehouse.ingest("2024-07-04-11");
        assertThat(warehouse.load("-D", "q.load.max-rejected-share=0")).isEqualTo(ExitCode.CHECKS_FAILED.code());
        String[] command = {"rejects", "replay", "--rule", RULE, "--since", "2024-07-04-11"};
        assertThat(warehouse.printed(ExitCode.NOTHING_TO_DO, command))
                .contains("Left rows of refused groups, which load whole: q load --group group2@1\n");

        assertThat(warehouse.printed(ExitCode.OK, "rejects", "--samples", "1"))
                .containsPattern("10 +2 +0\n" + RULE + " +2024-07-04-11 +1 +1\n")
                .contains("trx-4")
                .doesNotContain("trx-3");

        assertThat(warehouse.load("-D", "q.load.max-rejected-share=1", "--group", "group2@1"))
                .isZero();
        assertThat(warehouse.printed(ExitCode.OK, command)).doesNotContain("refused");
    }

    /** The row as it would be if the rule allowed it. */
    private void mend() throws IOException {
        rewrite(StarSchema.REJECTED_ROWS, rows -> rows.stream()
                .filter(row -> row.text("raw_line").equals(sale("trx-2", 0)))
                .forEach(row -> row.set("raw_line", sale("trx-2", 2))));
    }

    private interface Change {
        void make(List<Row> rows);
    }

    private void rewrite(Table table, Change change) throws IOException {
        DataFile file = warehouse.files(table).get(0);
        List<Row> rows = new ArrayList<>(warehouse.rows(table));
        change.make(rows);
        Files.delete(Path.of(file.path().toUri().getPath()));
        try (ParquetWriter<Row> writer = ParquetRows.writer(file.table(), file.path(), warehouse.conf())) {
            for (Row row : rows) {
                writer.write(row);
            }
        }
    }

    private int replay(String... args) throws Exception {
        return Main.run(warehouse.conf(), ArrayUtils.insert(0, args, "rejects", "replay"));
    }

    private List<org.assertj.core.groups.Tuple> sales() throws IOException {
        return warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT).stream()
                .map(row -> tuple(row.get("transaction_id"), row.get("units")))
                .toList();
    }

    private List<org.assertj.core.groups.Tuple> rejected() throws IOException {
        return warehouse.rows(StarSchema.REJECTED_ROWS).stream()
                .map(row -> tuple(row.get("raw_line"), row.get("replayed_in")))
                .toList();
    }

    private static String sale(String id, int units) {
        return "2023-5-20,%s,85469,Ann,Brown,ann.brown@gmail.com,1,1,22,Coffee Maker,Appliances,,,,,,%d,79.99,no,Cash"
                .formatted(id, units);
    }
}
