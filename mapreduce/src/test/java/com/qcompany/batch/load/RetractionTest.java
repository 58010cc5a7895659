package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.qcompany.balance.Balance;
import com.qcompany.balance.Tally.Fate;
import com.qcompany.batch.Main;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RetractionTest {
    /** Rejected rows of this day are kept for their age. */
    private static final LocalDate DAY = LocalDate.now(ZoneOffset.UTC).minusDays(1);

    private static final String AGENT_1 = "1,John Doe,2020-6-3";
    private static final String AGENT_2 = "2,Jane Roe,2021-7-4";

    @TempDir
    Path dir;

    private LocalWarehouse warehouse;

    @BeforeEach
    void openWarehouse() throws IOException {
        warehouse = new LocalWarehouse(dir);
    }

    @Test
    void aRetractedGroupLeavesWhatTheOthersBringAndARestoredOneComesBack() throws Exception {
        group("group1", AGENT_1, sale("trx-1", 3), sale("trx-2", 1));
        group("group2", AGENT_1, sale("trx-1", 4), sale("trx-3", 2), sale("trx-4", 0));
        group("group3", AGENT_1, sale("trx-3", 2), sale("trx-5", 1));
        load(10);
        load(11, "-D", "q.load.max-rejected-share=1");
        load(12);
        List<String> before = warehouse.state();
        assertThat(sales()).containsExactlyInAnyOrder("trx-1 4", "trx-2 1", "trx-3 2", "trx-5 1");

        assertThat(retract("--group", "group2", "--reason", "wrong till")).isZero();

        assertThat(sales()).containsExactlyInAnyOrder("trx-1 3", "trx-2 1", "trx-3 2", "trx-5 1");
        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(
                        row -> row.text("source_group").substring(DAY.toString().length()))
                .containsExactlyInAnyOrder("-10/group1", "-10/group1", "-12/group3", "-12/group3");
        assertThat(warehouse.rows(StarSchema.RESTATEMENTS))
                .filteredOn(row -> row.text("cause").equals("retracted %s-11/group2: wrong till".formatted(DAY)))
                .extracting(
                        row -> row.get("transaction_id"), row -> row.get("column_name"), row -> row.get("new_value"))
                .contains(tuple("trx-1", "units", "3"));
        assertThat(warehouse.rows(StarSchema.LOAD_RUNS))
                .filteredOn(run -> run.text("command").equals("retract"))
                .extracting(run -> run.get("message"), run -> run.get("groups"))
                .containsExactly(tuple("wrong till", List.of(DAY + "-11/group2")));
        assertBalanced(4, 3);
        assertThat(warehouse.printed(ExitCode.OK, "hours", "--date", DAY.toString()))
                .contains("%s-11: group2 is taken back".formatted(DAY))
                .doesNotContain(DAY + "-10", DAY + "-12");

        assertThat(retract("--group", "group2")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        assertThat(restore("--group", "group2", "--hour", DAY + "-11")).isZero();
        assertThat(warehouse.printed(ExitCode.OK, "hours", "--date", DAY.toString()))
                .doesNotContain(DAY + "-11");

        assertThat(warehouse.state()).isEqualTo(before);
        assertBalanced(4, 0);
    }

    @Test
    void salesOfAnAgentThatOnlyTheRetractedGroupShowsWaitUntilItIsRestored() throws Exception {
        group("group1", AGENT_1 + "\n" + AGENT_2, sale("trx-1", 3));
        group("group2", AGENT_1, sale("trx-2", 1), sale("trx-3", 2).replace(",1,1,22", ",2,1,22"));
        load(10);
        load(11);
        List<String> before = warehouse.state();

        retract("--group", "group1@1");

        assertThat(sales()).containsExactly("trx-2 1");
        assertThat(warehouse.rows(StarSchema.WAITING_ROWS)).hasSize(1);
        assertThat(warehouse.rows(StarSchema.SALES_AGENT_DIM)).hasSize(1);
        assertBalanced(1, 1);

        restore("--group", "group1");

        assertThat(warehouse.state()).isEqualTo(before);
        assertBalanced(3, 0);
    }

    @Test
    void aFileThatRepeatsOneOfTheRetractedGroupIsReadInItsPlace() throws Exception {
        group("group1", AGENT_1, sale("trx-1", 3), sale("trx-2", 0), sale("trx-4", 1));
        group("group2", AGENT_2, sale("trx-1", 3), sale("trx-2", 0), sale("trx-4", 1));
        load(10, "-D", "q.load.max-rejected-share=1");
        load(11);
        List<String> before = sales();

        retract("--group", "group1");

        assertThat(sales()).isEmpty();
        assertThat(warehouse.rows(StarSchema.WAITING_ROWS)).hasSize(2);
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS))
                .extracting(
                        row -> row.text("source_group").substring(DAY.toString().length()),
                        row -> row.get("group_refused"))
                .containsExactlyInAnyOrder(tuple("-10/group1", true), tuple("-11/group2", false));
        assertBalanced(0, 3);
        restore("--group", "group1");
        assertThat(sales()).isEqualTo(before);
        assertBalanced(2, 0);
    }

    @Test
    void aRestoredGroupHasItsSalesBackFromOneThatRepeatsItsFile() throws Exception {
        group("group1", AGENT_1, sale("trx-1", 3), sale("trx-2", 1));
        group("group2", AGENT_1 + "\n" + AGENT_2, sale("trx-1", 3), sale("trx-2", 1));
        load(10);
        load(11);
        List<String> before = warehouse.state();

        retract("--group", "group1");
        assertThat(sales()).containsExactly("trx-1 3", "trx-2 1");
        restore("--group", "group1");

        assertThat(warehouse.state()).isEqualTo(before);
        assertStandAsOf("-10/group1");
        assertBalanced(2, 0);
        retract("--group", "group2");
        assertStandAsOf("-10/group1");
        assertThat(warehouse.rows(StarSchema.CUSTOMER_DIM)).hasSize(1);
        assertBalanced(2, 2);
    }

    @Test
    void aRestoredGroupHasItsKeptBackLinesBackFromOneThatRepeatsItsFile() throws Exception {
        String waiting = sale("trx-1", 5).replace(",1,1,22", ",2,1,22");
        group("group1", AGENT_1, waiting, sale("trx-2", 0), sale("trx-3", 1));
        group("group2", AGENT_1 + "\n3,Jim Poe,2021-7-4", sale("trx-1", 9), sale("trx-4", 1));
        group("group3", AGENT_1 + "\n4,Joe Poe,2021-7-4", waiting, sale("trx-2", 0), sale("trx-3", 1));
        load(10, "-D", "q.load.max-rejected-share=1");
        load(11);
        load(12);
        List<Object> before = keptBack();

        retract("--group", "group1");
        restore("--group", "group1");

        assertThat(keptBack()).isEqualTo(before);
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS))
                .isNotEmpty()
                .noneMatch(row -> row.require("group_refused", Boolean.class));
        group("group4", AGENT_2, sale("trx-5", 1));
        load(13);
        assertThat(sales()).containsExactly("trx-1 9", "trx-3 1", "trx-4 1", "trx-5 1");
        assertBalanced(4, 0);
    }

    @Test
    void aFileThatWasReadBeforeTheOneThatItRepeatsKeepsItsLinesBackOnce() throws Exception {
        String waiting = sale("trx-1", 5).replace(",1,1,22", ",2,1,22");
        group("group1", AGENT_1, waiting, sale("trx-2", 0), sale("trx-3", 1));
        warehouse.ingest(DAY + "-10");
        group("group2", AGENT_1 + "\n3,Jim Poe,2021-7-4", waiting, sale("trx-2", 0), sale("trx-3", 1));
        load(11, "-D", "q.load.max-rejected-share=1", "--except", "group1");
        List<Object> before = keptBack();
        assertThat(warehouse.load("-D", "q.load.max-rejected-share=1")).isZero();

        retract("--group", "group1");

        assertThat(keptBack()).isEqualTo(before);
        assertBalanced(1, 3);
    }

    @Test
    void aFileThatWasReadBeforeTheOneThatItRepeatsGoesWithItsGroup() throws Exception {
        group("group1", AGENT_1, sale("trx-1", 3));
        warehouse.ingest(DAY + "-10");
        group("group2", AGENT_1 + "\n" + AGENT_2, sale("trx-1", 3));
        load(11, "--except", "group1");
        assertThat(warehouse.load()).isZero();

        retract("--group", "group2");

        assertStandAsOf("-10/group1");
        assertThat(warehouse.rows(StarSchema.CUSTOMER_DIM)).hasSize(1);
        assertBalanced(1, 1);
    }

    @Test
    void theOnlyGroupLeavesNothingAndACorrectedDeliveryTakesItsPlace() throws Exception {
        group("group1", AGENT_1, sale("trx-1", 3));
        load(10);
        warehouse.compact();

        retract("--group", "group1");

        assertThat(sales()).isEmpty();
        for (var dimension : StarSchema.DIMENSIONS) {
            assertThat(warehouse.rows(dimension)).isEmpty();
        }
        assertThat(warehouse.rows(StarSchema.TRANSACTION_KEYS)).isEmpty();
        group("group1", AGENT_1, sale("trx-1", 5));
        load(11);
        assertThat(sales()).containsExactly("trx-1 5");
        assertBalanced(1, 1);
    }

    @Test
    void salesThatTodaysContractWouldRejectGoWithTheirGroupAndStayWithoutIt() throws Exception {
        group("group1", AGENT_1, sale("trx-1", 9), sale("trx-2", 1), sale("trx-3", 1), sale("", 1));
        group("group2", AGENT_1, sale("trx-2", 2), sale("trx-3", 9), sale("trx-4", 9));
        load(10, "-D", "q.load.max-rejected-share=1");
        load(11);
        contract("{exclusiveMinimum: 0}", "{exclusiveMinimum: 0, maximum: 5}");

        retract("--group", "group1");

        assertThat(sales()).containsExactly("trx-2 2", "trx-3 9", "trx-4 9");
        assertBalanced(3, 4);
    }

    @Test
    void salesThatNeededNoKnownAgentWhenTheyWereLoadedGoWithTheirGroup() throws Exception {
        contract(
                """
                        relationships:
                          - type: foreignKey
                            to: sales_agent_dim.sales_agent_id
                            customProperties:
                              - {property: code, value: sales_agent_unknown}
                """,
                "");
        group("group1", AGENT_1, sale("trx-1", 1).replace(",1,1,22,", ",9,1,22,"), sale("trx-2", 1));
        load(10);
        warehouse.conf().unset("q.contracts");
        warehouse.load("--accept");

        retract("--group", "group1");

        assertThat(sales()).isEmpty();
        assertBalanced(0, 2);
    }

    @Test
    void salesWhoseIdTodaysContractWouldRejectGoWithTheirGroup() throws Exception {
        group("group1", AGENT_1, sale("trx-1", 1), sale("abc-2", 1));
        load(10);
        String id = "      - name: transaction_id\n        logicalType: string\n";
        contract(id, id + "        logicalTypeOptions: {pattern: 'trx-.*'}\n");

        retract("--group", "group1");

        assertThat(sales()).isEmpty();
        assertBalanced(0, 2);
    }

    @Test
    void theVersionThatWasLoadedFirstStandsWhereTheContractRejectsOthers() throws Exception {
        contract("value: supersede", "value: reject");
        group("group1", AGENT_1, sale("trx-1", 3));
        load(11);
        group("group2", AGENT_1, sale("trx-1", 4), sale("trx-2", 1));
        load(10, "-D", "q.load.max-rejected-share=1");
        group("group3", AGENT_1, sale("trx-1", 3), sale("trx-3", 1));
        load(12);

        retract("--group", "group3");

        assertThat(sales()).containsExactly("trx-1 3", "trx-2 1");
        assertBalanced(2, 2);

        restore("--group", "group3");
        retract("--group", "group1");

        assertThat(sales()).containsExactly("trx-1 3", "trx-2 1", "trx-3 1");
        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .filteredOn(row -> row.text("transaction_id").equals("trx-1"))
                .extracting(
                        row -> row.text("source_group").substring(DAY.toString().length()))
                .containsExactly("-12/group3");
        assertThat(warehouse.rows(StarSchema.CUSTOMER_DIM)).isNotEmpty();
        assertBalanced(3, 1);
    }

    @Test
    void aVersionThatWasRejectedStaysSoUntilItIsReplayed() throws Exception {
        contract("value: supersede", "value: reject");
        group("group1", AGENT_1, sale("trx-1", 3));
        load(11);
        group("group2", AGENT_1, sale("trx-1", 4).replace("85469", "7"), sale("trx-2", 1));
        load(10, "-D", "q.load.max-rejected-share=1");
        group("group3", AGENT_1, sale("trx-3", 1));
        load(12);

        retract("--group", "group3");

        assertThat(warehouse.rows(StarSchema.CUSTOMER_DIM))
                .extracting(row -> row.get("customer_id"))
                .containsExactly(85469);

        retract("--group", "group1");

        assertThat(sales()).containsExactly("trx-2 1");
        assertThat(keptBack()).containsExactly(List.of(DAY + "-10/group2", 2L));
        assertBalanced(1, 2);

        warehouse.printed(ExitCode.OK, "rejects", "replay", "--rule", "transaction_id_changed");

        assertThat(sales()).containsExactly("trx-1 4", "trx-2 1");
        assertBalanced(2, 2);
    }

    @Test
    void aRejectedLineWhoseAgentGoesWaitsOnceThatItIsReplayed() throws Exception {
        group("group1", AGENT_1, sale("trx-1", 3).replace(",1,1,22", ",2,1,22"), sale("trx-1", 4));
        load(10);
        group("group2", AGENT_2, sale("trx-2", 1));
        load(11);
        assertThat(keptBack()).containsExactly(List.of(DAY + "-10/group1", 2L));

        retract("--group", "group2");

        assertThat(warehouse.rows(StarSchema.WAITING_ROWS)).isEmpty();
        assertBalanced(1, 1);

        warehouse.printed(ExitCode.OK, "rejects", "replay", "--rule", "transaction_id_changed");

        assertThat(warehouse.rows(StarSchema.WAITING_ROWS)).hasSize(1);
        assertBalanced(1, 1);
    }

    @Test
    void whatTodaysContractWouldAcceptStaysRejectedUntilItIsReplayed() throws Exception {
        group("group1", AGENT_1, sale("trx-1", 0), sale("trx-2", 0).replace(",1,1,22", ",2,1,22"), sale("trx-3", 1));
        load(10, "-D", "q.load.max-rejected-share=1");
        group("group2", AGENT_1 + "\n" + AGENT_2, sale("trx-1", 1));
        load(11);
        contract("exclusiveMinimum: 0}", "minimum: 0}");

        retract("--group", "group2");

        assertThat(sales()).containsExactly("trx-3 1");
        assertThat(keptBack()).containsExactly(List.of(DAY + "-10/group1", 2L), List.of(DAY + "-10/group1", 3L));
        assertBalanced(1, 1);

        warehouse.printed(ExitCode.OK, "rejects", "replay", "--rule", "units_out_of_range");

        assertThat(sales()).containsExactly("trx-1 0", "trx-3 1");
        assertThat(warehouse.rows(StarSchema.WAITING_ROWS)).hasSize(1);
    }

    @Test
    void aGroupThatIsNotLoadedIsNamed() throws Exception {
        group("group1", AGENT_1, sale("trx-1", 3));
        load(10);

        assertThatThrownBy(() -> retract("--group", "group7"))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot retract group7: no group of this name is loaded");
        assertThatThrownBy(() -> retract("--group", "group1", "--hour", "2024-07-04-11"))
                .isInstanceOf(UsageException.class);
        assertThat(Main.run(warehouse.conf(), "retract")).isEqualTo(ExitCode.USAGE.code());
    }

    /** Has a changed contract of sales count. */
    private void contract(String text, String changed) throws Exception {
        Path contracts = Files.createDirectories(dir.resolve("contracts"));
        warehouse.conf().set("q.contracts", contracts.toUri().toString());
        Files.writeString(
                contracts.resolve("sales_transactions.yaml"),
                ContractsLoadTest.changed("version: 1.0.0", "version: 2.0.0", text, changed));
        assertThat(warehouse.load("--accept")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
    }

    private void assertBalanced(long facts, long retracted) throws Exception {
        Balance balance = warehouse.balance();
        assertThat(balance.differences()).isEmpty();
        assertThat(balance.total().count(Fate.FACT)).isEqualTo(facts);
        assertThat(balance.total().count(Fate.RETRACTED)).isEqualTo(retracted);
    }

    private void assertStandAsOf(String group) throws IOException {
        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .isNotEmpty()
                .allMatch(row -> row.text("source_group").equals(DAY + group));
    }

    /** Groups and lines of what waits and is rejected, but for groups that are taken back. */
    private List<Object> keptBack() throws IOException {
        List<Row> rows = warehouse.rows(StarSchema.REJECTED_ROWS);
        rows.removeIf(row -> row.require("group_refused", Boolean.class));
        rows.addAll(warehouse.rows(StarSchema.WAITING_ROWS));
        return rows.stream()
                .<Object>map(row -> List.of(row.text("source_group"), row.get("line_number")))
                .toList();
    }

    private List<String> sales() throws IOException {
        List<String> sales = new ArrayList<>();
        warehouse
                .rows(StarSchema.SALES_TRANSACTIONS_FACT)
                .forEach(row -> sales.add("%s %s".formatted(row.get("transaction_id"), row.get("units"))));
        return sales.stream().sorted().toList();
    }

    private int retract(String... args) throws Exception {
        return ToolRunner.run(warehouse.conf(), RetractTool.retract(), args);
    }

    private int restore(String... args) throws Exception {
        return ToolRunner.run(warehouse.conf(), RetractTool.restore(), args);
    }

    private void load(int hour, String... args) throws Exception {
        assertThat(warehouse.ingest("%s-%d".formatted(DAY, hour))).isZero();
        assertThat(warehouse.load(args)).isZero();
    }

    private void group(String name, String agents, String... sales) throws IOException {
        Path group = Files.createDirectories(warehouse.landing().resolve(name));
        Files.writeString(
                group.resolve("branches_1.csv"), "branch_id,location,establish_date,class\n1,New York,2017-01-15,A\n");
        Files.writeString(group.resolve("sales_agents_1.csv"), "sales_person_id,name,hire_date\n" + agents + "\n");
        Files.writeString(
                group.resolve("sales_transactions_1.csv"),
                LocalWarehouse.HEADER + "\n" + String.join("\n", sales) + "\n");
    }

    private static String sale(String id, int units) {
        return "2023-5-20,%s,85469,Ann,Brown,ann.brown@gmail.com,1,1,22,Coffee Maker,Appliances,,,,,,%d,79.99,no,Cash"
                .formatted(id, units);
    }
}
