package com.qcompany.batch.load;

import static com.qcompany.batch.load.LocalWarehouse.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.generator.GroupGenerator;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.lang3.StringUtils;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadRulesTest {

    @TempDir
    Path dir;

    private LocalWarehouse warehouse;

    @BeforeEach
    void openWarehouse() throws IOException {
        warehouse = new LocalWarehouse(dir);
    }

    @Test
    void aChangedSaleSupersedesThePublishedOneAndEachChangeIsListed() throws Exception {
        warehouse.group("group1", sale("trx-1", 3), sale("trx-2", 1));
        warehouse.group("group2", sale("trx-1", 4), sale("trx-2", 1), sale("trx-3", 2));
        load("2024-07-04-10");

        assertThat(load("2024-07-04-11")).isZero();

        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("transaction_id"), row -> row.get("units"), row -> row.get("source_group"))
                .containsExactlyInAnyOrder(
                        tuple("trx-1", 4, "2024-07-04-11/group2"),
                        tuple("trx-2", 1, "2024-07-04-10/group1"),
                        tuple("trx-3", 2, "2024-07-04-11/group2"));
        assertThat(warehouse.rows(StarSchema.RESTATEMENTS))
                .extracting(row -> row.get("column_name"), row -> row.get("old_value"), row -> row.get("new_value"))
                .containsExactlyInAnyOrder(
                        tuple("units", "3", "4"), tuple("total_paid_price", "203.974500", "271.966000"));
        assertThat(warehouse.rows(StarSchema.RESTATEMENTS)).allSatisfy(row -> {
            assertThat(row.get("transaction_id")).isEqualTo("trx-1");
            assertThat(row.get("old_group")).isEqualTo("2024-07-04-10/group1");
            assertThat(row.get("cause")).isEqualTo("2024-07-04-11/group2");
        });
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS)).isEmpty();
    }

    @Test
    void aRefusedGroupThatRepeatsASaleDoesNotKeepItFromBeingCorrected() throws Exception {
        warehouse.group("group1", sale("trx-1", 3));
        load("2024-07-04-10");
        warehouse.group("group3", sale("trx-1", 3), sale("trx-9", 0));
        assertThat(load("2024-07-04-12")).isEqualTo(ExitCode.CHECKS_FAILED.code());
        warehouse.group("group2", sale("trx-1", 4));

        assertThat(load("2024-07-04-11")).isZero();

        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("transaction_id"), row -> row.get("units"))
                .containsExactly(tuple("trx-1", 4));
    }

    @Test
    void aSaleThatAFileHasTwiceWithOtherValuesIsRejectedWithItsLine() throws Exception {
        warehouse.group("group1", sale("trx-1", 3), sale("trx-1", 4), sale("trx-2", 1));

        assertThat(load("2024-07-04-10", "-D", "q.load.max-rejected-share=0.5")).isZero();

        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("transaction_id"), row -> row.get("units"))
                .containsExactlyInAnyOrder(tuple("trx-1", 3), tuple("trx-2", 1));
        Row rejected = warehouse.rows(StarSchema.REJECTED_ROWS).get(0);
        assertThat(rejected.get("rule_codes")).isEqualTo(List.of("transaction_id_changed"));
        assertThat(rejected.get("raw_line")).isEqualTo(sale("trx-1", 4));
        assertThat(rejected.get("source_group")).isEqualTo("2024-07-04-10/group1");
        assertThat(warehouse.rows(StarSchema.LOAD_RUNS))
                .extracting(run -> run.get("rows_loaded"), run -> run.get("rows_rejected"))
                .contains(tuple(4L, 1L));
    }

    @Test
    void aGroupWithTooManyRejectedSalesIsRefusedUntilItsVersionIsAskedFor() throws Exception {
        warehouse.group("group1", sale("trx-1", 3), sale("trx-2", 0));
        warehouse.ingest("2024-07-04-10");

        assertThat(warehouse.load()).isEqualTo(ExitCode.CHECKS_FAILED.code());

        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT)).isEmpty();
        assertThat(warehouse.rows(StarSchema.LOAD_RUNS)).singleElement().satisfies(run -> {
            assertThat(run.get("groups_refused")).isEqualTo(List.of("2024-07-04-10/group1"));
            assertThat(run.text("message")).contains("2024-07-04-10/group1 is refused: 1 of 2 sales are rejected");
            assertThat(run.get("counters"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsKeys("contract.branches", "contract.sales_agents")
                    .containsEntry(
                            "contract.sales_transactions",
                            FeedCatalog.bundled().feed("sales_transactions").version());
        });
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS))
                .extracting(row -> row.get("group_refused"))
                .containsExactly(true);
        assertThat(warehouse.isFlaggedAsLoaded("2024-07-04-10")).isTrue();
        assertThat(warehouse.load()).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        assertThat(warehouse.printed(ExitCode.NOTHING_TO_DO, "load", "--group", "group1"))
                .startsWith("Left refused groups, which load whole: q load --group group1@1\n");

        assertThat(warehouse.load("-D", "q.load.max-rejected-share=1", "--group", "group1@1"))
                .isZero();

        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT)).hasSize(1);
        assertThat(warehouse.printed(ExitCode.NOTHING_TO_DO, "load", "--group", "group1"))
                .doesNotContain("refused");
    }

    @Test
    void aSecondRefusedDeliveryLeavesTheFirstOneLoadableUntilAnotherIsLoaded() throws Exception {
        warehouse.group("group1", sale("trx-1", 1), sale("trx-2", 0));
        assertThat(load("2024-07-04-10")).isEqualTo(ExitCode.CHECKS_FAILED.code());
        warehouse.group("group1", sale("trx-1", 2), sale("trx-2", 0));
        assertThat(load("2024-07-04-10")).isEqualTo(ExitCode.CHECKS_FAILED.code());

        assertThat(warehouse.load("-D", "q.load.max-rejected-share=1", "--group", "group1@1"))
                .isZero();

        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("units"))
                .containsExactly(1);
        assertThat(warehouse.snapshot().refused()).hasSize(1);
        assertThat(warehouse.printed(ExitCode.OK, "hours", "--date", "2024-07-04"))
                .doesNotContain("refused", "2024-07-04-10");
        warehouse.group("group1", sale("trx-1", 3), sale("trx-2", 1));
        assertThat(load("2024-07-04-10")).isZero();
        assertThat(warehouse.snapshot().refused()).isEmpty();
        assertThat(warehouse.printed(ExitCode.OK, "rejects", "replay", "--rule", "units_out_of_range"))
                .doesNotContain("refused");
    }

    @Test
    void aPendingVersionThatADuplicateOfAnotherGroupReplacesIsNotLoaded() throws Exception {
        warehouse.group("group1", sale("trx-1", 3), sale("trx-2", 1));
        warehouse.ingest("2024-07-04-10");
        warehouse.group("group2", sale("trx-1", 4));
        warehouse.ingest("2024-07-04-11");
        warehouse.group("group1", sale("trx-1", 4));
        warehouse.ingest("2024-07-04-12");

        assertThat(warehouse.load("--except", "group1")).isZero();
        assertThat(warehouse.load()).isEqualTo(ExitCode.NOTHING_TO_DO.code());

        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("transaction_id"), row -> row.get("units"))
                .containsExactly(tuple("trx-1", 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--group group1", "--except group2", "--group group1@2 --group group2"})
    void aPendingVersionThatAnotherGroupRepeatsIsLoadedThoughACorrectionReplacesIt(String selection) throws Exception {
        warehouse.group("group1", sale("trx-1", 3));
        warehouse.ingest("2024-07-04-10");
        warehouse.group("group2", sale("trx-1", 3));
        warehouse.ingest("2024-07-04-11");
        warehouse.group("group1", sale("trx-2", 4));
        warehouse.ingest("2024-07-04-12");

        assertThat(warehouse.load("--except", "group1")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        assertThat(warehouse.load(StringUtils.split(selection))).isZero();
        assertThat(warehouse.load()).isIn(ExitCode.OK.code(), ExitCode.NOTHING_TO_DO.code());

        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("transaction_id"), row -> row.get("units"))
                .containsExactlyInAnyOrder(tuple("trx-1", 3), tuple("trx-2", 4));
        assertThat(warehouse.balance().differences()).isEmpty();
    }

    @Test
    void aPendingVersionThatComesAgainIsLoadedInPlaceOfTheOneBetween() throws Exception {
        for (int units : new int[] {3, 4, 3}) {
            warehouse.group("group1", sale("trx-1", units));
            warehouse.ingest("2024-07-04-1" + units);
        }

        assertThat(warehouse.load()).isZero();

        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("transaction_id"), row -> row.get("units"))
                .containsExactly(tuple("trx-1", 3));
        assertThat(warehouse.balance().differences()).isEmpty();
    }

    @Test
    void aGroupThatWasNeverTakenInIsNamedAndNothingIsLoaded() throws Exception {
        warehouse.group("group1", sale("trx-1", 1));
        warehouse.ingest("2024-07-04-10");

        for (String option : List.of("--group", "--except")) {
            for (String name : List.of("gruop1@1", "group1@2")) {
                assertThatThrownBy(() -> warehouse.load(option, name))
                        .isInstanceOf(UsageException.class)
                        .hasMessageStartingWith("Cannot load by group %s: no such group was taken in", name);
            }
        }

        assertThat(warehouse.load("--except", "group1@1")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        assertThat(warehouse.load("--group", "group1")).isZero();
    }

    @Test
    void whatARefusedGroupShowsIsReadFromTheGoodGroupThatRepeatsIt() throws Exception {
        warehouse.group("group1", sale("trx-1", 0));
        warehouse.group("group2", sale("trx-2", 1));
        warehouse.ingest("2024-07-04-10");
        warehouse.ingest("2024-07-04-11");

        assertThat(warehouse.load()).isEqualTo(ExitCode.CHECKS_FAILED.code());

        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT)).hasSize(1);
        assertThat(warehouse.rows(StarSchema.BRANCH_DIM)).hasSize(1);
        assertThat(warehouse.rows(StarSchema.SALES_AGENT_DIM)).hasSize(1);
    }

    @Test
    void aSaleWaitsForAnAgentThatOnlyARefusedGroupShows() throws Exception {
        warehouse.group("group1", sale("trx-1", 0));
        LocalWarehouse.write(
                warehouse.landing().resolve("group1"),
                "sales_agents_1",
                "sales_person_id,name,hire_date",
                "9,Al,2020-6-3");
        warehouse.group("group2", sale("trx-2", 1).replace(",1,1,22,", ",9,1,22,"), sale("trx-3", 1));
        warehouse.ingest("2024-07-04-10");
        warehouse.ingest("2024-07-04-11");

        assertThat(warehouse.load()).isEqualTo(ExitCode.CHECKS_FAILED.code());

        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("transaction_id"))
                .containsExactly("trx-3");
        assertThat(warehouse.rows(StarSchema.WAITING_ROWS)).hasSize(1);
    }

    @Test
    void quotedLineBreakIsPartOfItsField() throws Exception {
        warehouse.group("group1", sale("trx-1", 3).replace("Cash", "\"Ca\nsh\""), sale("trx-2", 1));

        assertThat(load("2024-07-04-10")).isZero();

        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("payment_method"))
                .containsExactlyInAnyOrder("Ca\nsh", "Cash");
    }

    @Test
    void bytesThatAreNoUtf8AreQuarantinedAsTheyAre() throws Exception {
        String bad = sale("trx-2", 1).replace("Cash", "Caf\u00e9");
        warehouse.group("group1", sale("trx-1", 3));
        Path file = warehouse.landing().resolve("group1/sales_transactions_1.csv");
        byte[] good = Files.readAllBytes(file);
        byte[] latin = (bad + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] both = java.util.Arrays.copyOf(good, good.length + latin.length);
        System.arraycopy(latin, 0, both, good.length, latin.length);
        Files.write(file, both);

        assertThat(load("2024-07-04-10", "-D", "q.load.max-rejected-share=1")).isZero();

        Row rejected = warehouse.rows(StarSchema.REJECTED_ROWS).get(0);
        assertThat(rejected.get("raw_encoding")).isEqualTo("base64");
        assertThat(new String(
                        java.util.Base64.getDecoder().decode(rejected.text("raw_line")), StandardCharsets.ISO_8859_1))
                .isEqualTo(bad);
    }

    @Test
    void smallSplitsGiveTheSameWarehouse() throws Exception {
        GroupGenerator.of(3, 200).write(warehouse.landing(), 1, 1);
        warehouse.ingest("2024-07-04-10");
        LocalWarehouse whole = new LocalWarehouse(Files.createDirectories(dir.resolve("whole")));
        GroupGenerator.of(3, 200).write(whole.landing(), 1, 1);
        whole.ingest("2024-07-04-10");

        warehouse.load("-D", "mapreduce.input.fileinputformat.split.maxsize=1777", "-D", "q.load.reducers=3");
        whole.load();

        assertThat(sorted(warehouse, "transaction_id")).isEqualTo(sorted(whole, "transaction_id"));
        assertThat(warehouse.rows(StarSchema.CUSTOMER_DIM))
                .containsExactlyInAnyOrderElementsOf(whole.rows(StarSchema.CUSTOMER_DIM));
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS))
                .extracting(row -> row.get("line_number"))
                .containsExactlyInAnyOrderElementsOf(whole.rows(StarSchema.REJECTED_ROWS).stream()
                        .map(row -> row.get("line_number"))
                        .toList());
    }

    private static List<String> sorted(LocalWarehouse warehouse, String column) throws IOException {
        return warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT).stream()
                .map(row -> row.text(column))
                .sorted()
                .toList();
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private int load(String hour, String... args) throws Exception {
        assertThat(warehouse.ingest(hour)).isZero();
        return warehouse.load(args);
    }
}
