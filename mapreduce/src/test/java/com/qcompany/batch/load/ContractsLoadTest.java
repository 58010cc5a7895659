package com.qcompany.batch.load;

import static com.qcompany.batch.load.LocalWarehouse.sale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.qcompany.batch.Main;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.MapAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads by contracts of a directory. */
@Tag("slow")
class ContractsLoadTest {

    private static final String SALES =
            FeedCatalog.bundled().feed("sales_transactions").text().yaml();
    private static final String PAYMENT = "      - name: payment_method\n        logicalType: string\n";

    private static final String UNITS =
            "{exclusiveMinimum: 0}\n        customProperties:\n          - {property: tolerates, value: [zeroDecimals,";
    private static final String WARNED =
            UNITS.replace("          - {prop", "          - {property: severity, value: warn}\n          - {prop");

    private static final String PRODUCTS =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: urn:qcompany:feed:products
            name: products
            version: 0.1.0
            status: active
            schema:
              - name: products
                properties:
                  - {name: product_id, logicalType: integer, required: true}
                  - {name: product_name, logicalType: string, required: true}
                  - {name: product_category, logicalType: string, required: true}
                customProperties:
                  - {property: filePattern, value: 'products_.*\\.csv'}
                  - {property: mayBeMissing, value: true}
                  - {property: outputs, value: [{table: product_dim}]}
            """;

    private static final String PRODUCT_ID =
            "      - name: product_id\n        logicalType: integer\n        required: true\n";
    private static final String PRODUCT_LOOK_UP =
            """
            relationships:
              - type: foreignKey
                to: product_dim.product_id
                customProperties: [{property: code, value: product_unknown}]
            """
                    .indent(8);

    static final String FILE_PATTERN = "      - property: filePattern\n";
    static final String ADD = "      - {property: unknownColumns, value: add}\n";
    static final String POINTS =
            """
                  - name: points
                    logicalType: integer
                    customProperties:
                      - {property: added, value: true}
                      - {property: mayBeMissing, value: true}
                      - {property: aliases, value: [Loyalty Points]}
                quality:
                  - type: custom"""
                    .indent(4);

    private static final String BRANCH_POINTS = POINTS.replace(
            "    quality:\n      - type: custom", "    customProperties:\n      - property: filePattern");

    @TempDir
    Path dir;

    private LocalWarehouse warehouse;
    private Path contracts;

    @BeforeEach
    void openWarehouse() throws IOException {
        warehouse = new LocalWarehouse(dir);
        contracts = Files.createDirectories(dir.resolve("contracts"));
        warehouse.conf().set("q.contracts", contracts.toUri().toString());
    }

    @Test
    void aContractOfTheDirectoryStandsInPlaceOfTheBuiltInOneAndTheRunSaysSo() throws Exception {
        contract(changed(
                "version: 1.0.0",
                "version: 1.1.0",
                PAYMENT,
                PAYMENT + "        quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: [Card]}}]\n"));
        warehouse.group("group1", sale("trx-1", 1), sale("trx-2", 1).replace("Cash", "Card"));
        warehouse.ingest("2024-07-04-10");

        assertThat(warehouse.load("-D", "q.load.max-rejected-share=0.5")).isZero();

        assertThat(texts(StarSchema.SALES_TRANSACTIONS_FACT, "transaction_id")).containsExactly("trx-2");
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS))
                .extracting(row -> row.get("rule_codes"))
                .containsExactly(List.of("payment_method_not_allowed"));
        counters().containsEntry("contract.sales_transactions", "1.1.0").containsEntry("contract.branches", "1.0.0");
    }

    @Test
    void aFurtherContractBringsAFileThatGroupsMayHave() throws Exception {
        groupWithProducts();
        warehouse.group("group2", sale("trx-2", 1));
        warehouse.ingest("2024-07-04-10");
        warehouse.ingest("2024-07-04-11");

        assertThat(warehouse.load()).isZero();

        assertThat(texts(StarSchema.SALES_TRANSACTIONS_FACT, "transaction_id"))
                .containsExactlyInAnyOrder("trx-1", "trx-2");
        assertThat(texts(StarSchema.PRODUCT_DIM, "product_name")).containsExactlyInAnyOrder("Coffee Machine", "Kettle");
        counters().containsEntry("contract.products", "0.1.0");
    }

    @Test
    void aRuleThatOnlyWarnsLetsItsSaleInAndIsCounted() throws Exception {
        contract(changed("version: 1.0.0", "version: 1.1.0", UNITS, WARNED));
        warehouse.group("group1", sale("trx-1", 1), sale("trx-2", 0));
        warehouse.ingest("2024-07-04-10");

        assertThat(warehouse.load()).isZero();

        assertThat(texts(StarSchema.SALES_TRANSACTIONS_FACT, "transaction_id"))
                .containsExactlyInAnyOrder("trx-1", "trx-2");
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS)).isEmpty();
        counters().containsEntry("warnings.units_out_of_range", "1");
    }

    @Test
    void aRuleRefusesAGroupAboveItsLimitOrByItsFirstRow() throws Exception {
        contract(changed(
                "version: 1.0.0",
                "version: 1.1.0",
                UNITS,
                WARNED.replace(
                        "value: warn}\n",
                        "value: warn}\n          - {property: limit, value: {mustBeLessOrEqualTo: 30, unit: percent}}\n"),
                "        name: several_offers\n",
                "        name: several_offers\n        severity: fail\n"));
        warehouse.group("group1", sale("trx-1", 0), sale("trx-2", 0), sale("trx-3", 1));
        warehouse.group("group2", sale("trx-4", 1), sale("trx-5", 1), sale("trx-6", 1), sale("trx-7", 0));
        warehouse.group("group3", sale("trx-8", 1).replace(",,,True,,,", ",,True,True,,,"));
        for (int hour = 10; hour < 13; hour++) {
            warehouse.ingest("2024-07-04-" + hour);
        }

        assertThat(warehouse.load("-D", "q.load.max-rejected-share=0.99")).isEqualTo(4);

        assertThat(texts(StarSchema.SALES_TRANSACTIONS_FACT, "transaction_id"))
                .containsExactlyInAnyOrder("trx-4", "trx-5", "trx-6", "trx-7");
        assertThat(warehouse.rows(StarSchema.LOAD_RUNS).get(0).text("message"))
                .contains(
                        "group1 is refused: 2 of 3 lines of sales_transactions break units_out_of_range (at most 30 percent,")
                .contains("group3 is refused: 1 of 1 sales are rejected")
                .contains("; 1 of 1 lines of sales_transactions break several_offers (at most 0 rows, its contract)");
        counters().containsEntry("warnings.units_out_of_range", "1"); // of the group that is loaded
    }

    @Test
    void anExpectationThatFailsRefusesItsGroupAlone() throws Exception {
        contract(changed(
                "version: 1.0.0",
                "version: 1.1.0",
                "mustBeGreaterOrEqualTo: 1\n",
                "mustBeGreaterOrEqualTo: 2\n        severity: error\n"));
        warehouse.group("group1", sale("trx-1", 1), sale("trx-2", 1));
        warehouse.group("group2", sale("trx-3", 1));
        warehouse.group("group3", sale("trx-4", 1), sale("trx-5", 1));
        for (int hour = 10; hour < 13; hour++) {
            warehouse.ingest("2024-07-04-" + hour);
        }

        assertThat(warehouse.load()).isEqualTo(4);

        assertThat(texts(StarSchema.SALES_TRANSACTIONS_FACT, "transaction_id"))
                .containsExactlyInAnyOrder("trx-1", "trx-2", "trx-4", "trx-5");
        Row run = warehouse.rows(StarSchema.LOAD_RUNS).get(0);
        assertThat(run.get("groups_refused")).isEqualTo(List.of("2024-07-04-11/group2"));
        assertThat(run.text("message"))
                .isEqualTo("2024-07-04-11/group2 is refused: records of * in sales_transactions is 1"
                        + " (expected at least 2 by not_empty: Every hour has sales.)");
        counters().containsEntry("quality.failure", "1");
        assertThat(warehouse.load()).isEqualTo(3);
        assertThat(warehouse.balance().differences()).isEmpty();

        assertThat(warehouse.load("-D", "q.load.max-rejected-share=1", "--group", "group2@1"))
                .isZero();
        assertThat(texts(StarSchema.SALES_TRANSACTIONS_FACT, "transaction_id")).contains("trx-3");
    }

    @Test
    void aFileWithoutRecordsFailsWhatExpectsSome() throws Exception {
        contract(changed("mustBeGreaterOrEqualTo: 1\n", "mustBeGreaterOrEqualTo: 1\n        severity: error\n"));
        warehouse.group("group1");
        warehouse.ingest("2024-07-04-10");

        assertThat(warehouse.load()).isEqualTo(4);

        assertThat(warehouse.rows(StarSchema.LOAD_RUNS).get(0).text("message"))
                .contains(
                        "group1 is refused: records of * in sales_transactions is 0 (expected at least 1 by not_empty");
    }

    @Test
    void noGroupIsComparedWithOneOfTheSameLoadThatIsRefused() throws Exception {
        contract(changed("mustBeBetween: [50, 200]\n", "mustBeBetween: [50, 200]\n            severity: error\n"));
        warehouse.group("group1", sale("trx-1", 1));
        warehouse.group("group2", sale("trx-2", 1));
        warehouse.group("group3", sale("trx-3", 1).replace("79.99", "79999.99"), "x", "y");
        warehouse.group("group4", sale("trx-4", 1));
        for (int hour = 10; hour < 14; hour++) {
            warehouse.ingest("2024-07-04-" + hour);
        }

        assertThat(warehouse.load()).isEqualTo(4);

        assertThat(warehouse.rows(StarSchema.LOAD_RUNS).get(0).get("groups_refused"))
                .isEqualTo(List.of("2024-07-04-12/group3"));
    }

    @Test
    void anUnknownColumnBecomesOneOfTheSalesWithTheValuesThatWereRescuedBefore() throws Exception {
        warehouse.group("group1", sale("trx-1", 1) + ",,x1");
        withHeader("group1", ",Logs");
        contract(SALES);
        warehouse.ingest("2024-07-04-10");
        assertThat(warehouse.load()).isZero();
        assertThat(warehouse.snapshot().addedColumns()).isEmpty();
        contract(changed("version: 1.0.0", "version: 1.1.0", FILE_PATTERN, ADD + FILE_PATTERN));
        warehouse.group("group2", sale("trx-2", 1) + ",,x2,7,y");
        withHeader("group2", ",LOGS,Shelf,Bad Name");
        warehouse.ingest("2024-07-04-11");

        assertThat(warehouse.load()).isZero();

        assertThat(warehouse.snapshot().addedColumns())
                .containsExactly(
                        new AddedColumn("sales_transactions_fact", "logs", "string", List.of("logs", "LOGS")),
                        new AddedColumn("sales_transactions_fact", "shelf", "string", List.of("shelf", "Shelf")));
        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("extras"))
                .containsExactlyInAnyOrder(Map.of("Logs", "x1"), Map.of("logs", "x2", "shelf", "7", "Bad Name", "y"));
        counters().containsEntry("contract.sales_transactions", "1.1.0+2");

        warehouse.group("group3", sale("trx-3", 1));
        warehouse.ingest("2024-07-04-12");
        assertThat(warehouse.load()).isZero();
        counters().containsEntry("contract.sales_transactions", "1.1.0+2");
        assertThat(warehouse.snapshot().addedColumns()).hasSize(2);
        assertThat(warehouse.balance().differences()).isEmpty();
    }

    @Test
    void whatBranchesHaveBesideTheirColumnsIsRescuedOfWhateverGroupComesLast() throws Exception {
        contract(SALES);
        branches("group1", ",Phone", "1,New York,2017-01-15,A,0171");
        branches("group2", ",Phone,Fax", "1,New York,2017-01-15,A,0172,");
        branches("group3", "", "1,New York,2017-01-15,A");
        for (String hour : List.of("2024-07-04-11", "2024-07-04-12", "2024-07-04-13")) {
            warehouse.ingest(hour);
            assertThat(warehouse.load()).isZero();
        }

        Row branch = warehouse.rows(StarSchema.BRANCH_DIM).get(0);
        assertThat(warehouse.rows(StarSchema.BRANCH_DIM)).hasSize(1);
        assertThat(branch.get("extras")).isEqualTo(Map.of("Phone", "0172"));
        assertThat(branch.get("extras_seen_in")).isEqualTo("2024-07-04-12/group2");
        assertThat(warehouse.rows(StarSchema.SALES_AGENT_DIM).get(0).get("extras"))
                .isNull();
    }

    @Test
    void aSaleThatComesBackWithAnotherValueOfAnAddedColumnIsCorrectedAndWithTheSameIsADuplicate() throws Exception {
        contract(SALES);
        warehouse.group("group1", sale("trx-1", 1) + ",, 07", sale("trx-2", 1) + ",,8", sale("trx-3", 1));
        withHeader("group1", ",Loyalty Points");
        warehouse.ingest("2024-07-04-10");
        assertThat(warehouse.load()).isZero();
        contract(changed("version: 1.0.0", "version: 1.1.0", "    quality:\n      - type: custom", POINTS));
        warehouse.group("group2", sale("trx-1", 1) + ",,7", sale("trx-2", 1) + ",,9", sale("trx-3", 1) + ",,1");
        withHeader("group2", ",points");
        warehouse.ingest("2024-07-04-11");

        assertThat(warehouse.load()).isZero();

        assertThat(warehouse.rows(StarSchema.RESTATEMENTS))
                .extracting(
                        row -> row.get("transaction_id"),
                        row -> row.get("column_name"),
                        row -> row.get("old_value"),
                        row -> row.get("new_value"))
                .containsExactlyInAnyOrder(tuple("trx-2", "points", "8", "9"), tuple("trx-3", "points", null, "1"));
        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("transaction_id"), row -> row.get("extras"))
                .containsExactlyInAnyOrder(
                        tuple("trx-1", Map.of("Loyalty Points", " 07")),
                        tuple("trx-2", Map.of("points", "9")),
                        tuple("trx-3", Map.of("points", "1")));
        assertThat(warehouse.balance().differences()).isEmpty();

        warehouse.group("group3", sale("trx-1", 1) + ",,7", sale("trx-2", 1) + ",,9", sale("trx-9", 1));
        withHeader("group3", ",points");
        warehouse.ingest("2024-07-04-12");
        assertThat(warehouse.load()).isZero();
        List<Row> runs = warehouse.rows(StarSchema.LOAD_RUNS);
        assertThat(runs.get(runs.size() - 1).get("rows_duplicate"))
                .as("two sales, a branch, an agent")
                .isEqualTo(4L);
    }

    @Test
    void aSaleThatComesBackWithoutTheValueThatWasRescuedIsCorrected() throws Exception {
        contract(SALES);
        warehouse.group("group1", sale("trx-1", 1) + ",,8", sale("trx-2", 1));
        withHeader("group1", ", Till ");
        warehouse.ingest("2024-07-04-10");
        assertThat(warehouse.load()).isZero();
        contract(changed("version: 1.0.0", "version: 1.1.0", FILE_PATTERN, ADD + FILE_PATTERN));
        warehouse.group("group2", sale("trx-1", 1), sale("trx-2", 1), sale("trx-3", 1) + ",,9");
        withHeader("group2", ", Till ");
        warehouse.ingest("2024-07-04-11");

        assertThat(warehouse.load()).isZero();

        assertThat(warehouse.rows(StarSchema.RESTATEMENTS))
                .extracting(
                        row -> row.get("transaction_id"), row -> row.get("column_name"), row -> row.get("old_value"))
                .containsExactly(tuple("trx-1", "till", "8"));
        assertThat(warehouse.snapshot().addedColumns().get(0).keys()).containsExactly("till", " Till ");
    }

    @Test
    void aSaleThatRepeatsAValueOfAColumnThatIsAddedNoMoreIsADuplicate() throws Exception {
        String[] rejects = {"version: 1.0.0", "version: 1.1.0", "value: supersede", "value: reject"};
        contract(changed(rejects).replace(FILE_PATTERN, ADD + FILE_PATTERN));
        warehouse.group("group1", sale("trx-1", 1) + ",,7");
        withHeader("group1", ",points");
        warehouse.ingest("2024-07-04-10");
        assertThat(warehouse.load()).isZero();
        contract(changed(rejects).replace("1.1.0", "1.2.0"));
        warehouse.group("group2", sale("trx-1", 1) + ",,7", sale("trx-2", 1) + ",,8");
        withHeader("group2", ",points");
        warehouse.ingest("2024-07-04-11");

        assertThat(warehouse.load()).isZero();

        assertThat(texts(StarSchema.SALES_TRANSACTIONS_FACT, "transaction_id"))
                .containsExactlyInAnyOrder("trx-1", "trx-2");
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS)).isEmpty();
    }

    @Test
    void aContractOfASaleThatWouldWaitForWhatOnlySalesShowIsRefused() throws Exception {
        String looksUp = changed("version: 1.0.0", "version: 1.1.0", PRODUCT_ID, PRODUCT_ID + PRODUCT_LOOK_UP);
        contract(looksUp);

        assertThat(warehouse.printed(ExitCode.CHECKS_FAILED, "contract", "validate"))
                .contains("Cannot look up product_dim.product_id: no file fills product_dim but that of the sales");

        contract(looksUp.replace("          - table: product_dim\n", ""));
        contract(PRODUCTS);
        assertThat(warehouse.printed(ExitCode.OK, "contract", "validate"))
                .contains("is right: products 0.1.0", "is right: sales_transactions 1.1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reject", "warn"})
    void anotherValueOfAnAddedColumnIsRejectedOrWarnedOfWhereTheContractSaysSo(String corrections) throws Exception {
        contract(changed(
                "version: 1.0.0",
                "version: 1.1.0",
                "    quality:\n      - type: custom",
                POINTS,
                "value: supersede",
                "value: " + corrections));
        warehouse.group("group1", sale("trx-1", 1) + ",,7", sale("trx-2", 1), sale("trx-3", 1) + ",,8");
        warehouse.group("group2", sale("trx-1", 1) + ",,9", sale("trx-2", 1) + ",,1", sale("trx-3", 1) + ",, 8");
        for (int group = 1; group < 3; group++) {
            withHeader("group" + group, ",points");
            warehouse.ingest("2024-07-04-1" + group);
            assertThat(warehouse.load("-D", "q.load.max-rejected-share=1")).isZero();
        }

        boolean rejects = corrections.equals("reject");
        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("transaction_id"), row -> row.get("extras"))
                .containsExactlyInAnyOrder(
                        tuple("trx-1", Map.of("points", rejects ? "7" : "9")),
                        tuple("trx-2", rejects ? null : Map.of("points", "1")),
                        tuple("trx-3", Map.of("points", "8")));
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS))
                .extracting(row -> row.get("rule_codes"), row -> row.get("column_name"), row -> row.get("column_value"))
                .containsExactlyElementsOf(
                        rejects
                                ? List.of(
                                        tuple(List.of("transaction_id_changed"), "points", "9"),
                                        tuple(List.of("transaction_id_changed"), "points", "1"))
                                : List.of());
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS))
                .extracting(row -> row.text("message"))
                .allMatch(message -> message.contains("points 7, not 9") || message.contains("points nothing, not 1"));
        assertThat(warehouse.rows(StarSchema.RESTATEMENTS)).hasSize(rejects ? 0 : 2);
        counters().containsEntry((rejects ? "rejections" : "warnings") + ".transaction_id_changed", "2");
        assertThat(warehouse.balance().differences()).isEmpty();
    }

    @Test
    void unknownAndDeclaredColumnsOfBranchesAreAddedToThemWithTheirLastValues() throws Exception {
        contract(SALES);
        branches("group1", ",Phone,Loyalty Points", "1,New York,2017-01-15,A,0171,many");
        warehouse.ingest("2024-07-04-11");
        assertThat(warehouse.load()).isZero();
        contract(FeedCatalog.bundled()
                .feed("branches")
                .text()
                .yaml()
                .replace("version: 1.0.0", "version: 1.1.0")
                .replace("    customProperties:\n      - property: filePattern", BRANCH_POINTS)
                .replace("      - property: outputs", ADD + "      - property: outputs"));
        branches("group2", ",Phone,Loyalty Points", "1,New York,2017-01-15,A,0172, 7");
        branches("group3", ",Phone,Loyalty Points", "2,Boston,2017-01-15,A,0173,many");
        warehouse.ingest("2024-07-04-12");
        warehouse.ingest("2024-07-04-13");

        assertThat(warehouse.load()).isZero();

        assertThat(warehouse.snapshot().addedColumns())
                .containsExactly(
                        new AddedColumn("branch_dim", "points", "int", List.of("points", "Loyalty Points")),
                        new AddedColumn("branch_dim", "phone", "string", List.of("phone", "Phone")));
        assertThat(warehouse.rows(StarSchema.BRANCH_DIM))
                .extracting(row -> row.get("extras"))
                .containsExactly(Map.of("phone", "0172", "points", "7"));
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS))
                .extracting(row -> row.get("rule_codes"))
                .containsExactly(List.of("points_invalid"));
        counters().containsEntry("contract.branches", "1.1.0+2");
    }

    @Test
    void aDeclaredColumnIsAddedWithItsTypeAndItsRules() throws Exception {
        contract(changed("version: 1.0.0", "version: 1.1.0", "    quality:\n      - type: custom", POINTS));
        warehouse.group("group1", sale("trx-1", 1) + ",, 7", sale("trx-2", 1) + ",,many", sale("trx-3", 1));
        withHeader("group1", ",Loyalty Points");
        warehouse.ingest("2024-07-04-10");

        assertThat(warehouse.load("-D", "q.load.max-rejected-share=0.5")).isZero();

        assertThat(warehouse.snapshot().addedColumns())
                .containsExactly(new AddedColumn(
                        "sales_transactions_fact", "points", "int", List.of("points", "Loyalty Points")));
        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("extras"))
                .containsExactlyInAnyOrder(Map.of("points", "7"), null);
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS))
                .extracting(row -> row.get("rule_codes"))
                .containsExactly(List.of("points_invalid"));
    }

    @Test
    void documentationAndLineageFollowTheContractsThatCount() throws Exception {
        contract(changed("version: 1.0.0", "version: 1.7.0", "* 0.01B'", "* 0.01B + 0 * customer_id'"));
        warehouse.group("group1", sale("trx-1", 1));
        warehouse.ingest("2024-07-04-10");
        Path events = dir.resolve("lineage.jsonl");

        warehouse.load("-D", "q.lineage.file=" + events);
        Main.run(warehouse.conf(), "docs", "--out", dir.resolve("docs").toString());

        assertThat(Files.readString(events))
                .containsPattern("\"total_paid_price\":\\{\"inputFields\":\\[[^]]*\"field\":\"customer_id\"");
        assertThat(dir.resolve("docs/dictionary.html"))
                .content()
                .contains("Feed sales_transactions, version 1.7.0", "Feed branches, version 1.0.0");
    }

    @Test
    void aFeedsOwnLimitCountsInPlaceOfTheSetting() throws Exception {
        contract(FeedCatalog.bundled()
                .feed("branches")
                .text()
                .yaml()
                .replace(
                        "      - property: outputs",
                        "      - {property: rejections, value: {mustBeLessOrEqualTo: 0}}\n      - property: outputs"));
        warehouse.group("group1", sale("trx-1", 1));
        LocalWarehouse.write(
                warehouse.landing().resolve("group1"),
                "branches_1",
                "branch_id,location,establish_date,class",
                "1,New York,2017-01-15,A",
                "2,Boston,never,A");
        warehouse.ingest("2024-07-04-10");

        assertThat(warehouse.load()).isEqualTo(4);

        assertThat(warehouse.rows(StarSchema.LOAD_RUNS).get(0).text("message"))
                .contains("group1 is refused: 1 of 2 lines of branches are rejected (at most 0 rows, its contract)");
        assertThat(warehouse.load("-D", "q.load.max-rejected-share=1", "--group", "group1@1"))
                .isZero();
    }

    @Test
    void aContractThatBreaksWithTheLastOneStopsUntilItIsAccepted() throws Exception {
        warehouse.conf().unset("q.contracts");
        warehouse.group("group1", sale("trx-1", 1));
        warehouse.ingest("2024-07-04-10");
        warehouse.load();
        warehouse.conf().set("q.contracts", contracts.toUri().toString());
        contract(changed("minimum: '2000-01-01'", "minimum: '2010-01-01'"));
        assertThatThrownBy(() -> warehouse.load())
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot use contract sales_transactions 1.0.0: it is another 1.0.0 than the last load used:"
                        + " transaction_date: range (FORWARD) (expected a new version)");

        contract(changed("minimum: '2000-01-01'", "minimum: '2010-01-01'", "version: 1.0.0", "version: 2.0.0"));
        assertThatThrownBy(() -> warehouse.load())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("2.0.0: it breaks with 1.0.0, which the last load used: transaction_date: range");

        assertThat(warehouse.load("--accept")).isEqualTo(3);
        warehouse.group("group2", sale("trx-2", 1));
        warehouse.ingest("2024-07-04-11");
        assertThat(warehouse.load()).isZero();
        contract(changed("minimum: '2000-01-01'", "minimum: '2009-01-01'", "version: 1.0.0", "version: 2.1.0"));
        assertThat(warehouse.load()).isEqualTo(3);
    }

    @Test
    void filesThatWereTakenStayReadableByAContractThatIsStricterWithHeaders() throws Exception {
        contract(SALES);
        warehouse.group("group1", sale("trx-1", 1), sale("trx-2", 1).replace(",1,1,22,", ",7,1,22,"));
        withHeader("group1", ",till");
        warehouse.ingest("2024-07-04-10");
        assertThat(warehouse.load()).isZero();
        contract(changed(
                "version: 1.0.0",
                "version: 2.0.0",
                "value: [cusomter_email]",
                "value: [cusomter_email, till]",
                FILE_PATTERN,
                "      - {property: unknownColumns, value: fail}\n" + FILE_PATTERN,
                PAYMENT,
                "      - {name: note, logicalType: string}\n" + PAYMENT));
        warehouse.group("group2", sale("trx-3", 1) + ",,A");
        withHeader("group2", ",note");
        LocalWarehouse.write(
                warehouse.landing().resolve("group2"),
                "sales_agents_2",
                "sales_person_id,name,hire_date",
                "7,Jane Roe,2020-6-3");
        warehouse.ingest("2024-07-04-11");

        assertThat(warehouse.load("--accept")).isZero();
        assertThat(warehouse.printed(ExitCode.OK, "erase", "--customer", "85469"))
                .startsWith("Erased customer 85469 ");

        assertThat(texts(StarSchema.SALES_TRANSACTIONS_FACT, "transaction_id"))
                .containsExactlyInAnyOrder("trx-1", "trx-2", "trx-3");
    }

    @Test
    void salesOfAnErasedCustomerBreakNoRuleForWhatIsErased() throws Exception {
        contract(changed(
                "      - name: customer_email\n",
                "      - name: customer_email\n        required: true\n",
                "      - name: customer_lname\n",
                "      - name: customer_lname\n        logicalTypeOptions: {pattern: '[A-Z].*'}\n"));
        warehouse.group("group1", sale("trx-1", 1));
        warehouse.ingest("2024-07-04-10");
        assertThat(warehouse.load()).isZero();
        warehouse.printed(ExitCode.OK, "erase", "--customer", "85469");
        warehouse.group("group2", sale("trx-2", 2));
        warehouse.ingest("2024-07-04-11");

        assertThat(warehouse.load()).isZero();
        warehouse.printed(ExitCode.OK, "retract", "--group", "group1");
        warehouse.printed(ExitCode.OK, "restore", "--group", "group1");

        assertThat(warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT))
                .extracting(row -> row.get("units"))
                .containsExactlyInAnyOrder(1, 2);
        assertThat(warehouse.rows(StarSchema.CUSTOMER_DIM)).singleElement().satisfies(row -> {
            assertThat(row.get("customer_lname")).isEqualTo("erased");
            assertThat(row.get("customer_email")).isNull();
        });
        warehouse.printed(ExitCode.NOTHING_TO_DO, "erase", "--customer", "85469");
    }

    @Test
    void noErasureBeginsWhereTheContractOfAFileIsGone() throws Exception {
        groupWithProducts();
        warehouse.ingest("2024-07-04-10");
        warehouse.load();
        Files.delete(contracts.resolve("products.yaml"));

        assertThat(Main.run(warehouse.conf(), "erase", "--customer", "85469")).isEqualTo(ExitCode.USAGE.code());

        warehouse.group("group2", sale("trx-2", 1));
        warehouse.ingest("2024-07-04-11");
        assertThat(warehouse.load()).isZero();
    }

    @Test
    void driftOfHeadersIsToldByHour() throws Exception {
        warehouse.conf().unset("q.contracts");
        for (int hour = 10; hour < 14; hour++) {
            String name = "group" + hour;
            warehouse.group(name, sale("trx-" + hour, 1));
            if (hour == 12) {
                LocalWarehouse.write(
                        warehouse.landing().resolve(name),
                        "branches_12",
                        "branch_class,logs, LOCATION,establish_date,branch_id");
            }
            warehouse.ingest("2024-07-04-" + hour);
        }

        assertThat(warehouse.printed(ExitCode.OK, "schema", "drift", "--to", "2024-07-04-12"))
                .contains(
                        """
                        branches, by contract 1.0.0:
                          2024-07-04-10 to 2024-07-04-11, 2 files: branch_class as "class"
                          2024-07-04-12 to 2024-07-04-12, 1 files: new logs, location as " LOCATION", in another order
                        """);
    }

    @Test
    void contractsThatCannotBeUsedStopEveryCommandAtItsStart() throws IOException {
        warehouse.group("group1", sale("trx-1", 1));
        assertThatThrownBy(() -> warehouse.load())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("*.yaml");

        contract(PRODUCTS);
        assertThatThrownBy(() -> warehouse.load())
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot use feeds sales_transactions and products: both fill product_dim (expected one)");

        contract(PRODUCTS.replace("integer", "money"));
        assertThatThrownBy(() -> warehouse.load())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("products.yaml: line 10, schema[0].properties[0]");
    }

    /** A group with a file of a further feed, and its contract. */
    private void groupWithProducts() throws IOException {
        contract(changed("          - table: product_dim\n", ""));
        contract(PRODUCTS);
        warehouse.group("group1", sale("trx-1", 1));
        LocalWarehouse.write(
                warehouse.landing().resolve("group1"),
                "products_1",
                "product_id,product_name,product_category",
                "22,Coffee Machine,Kitchen",
                "23,Kettle,Kitchen");
    }

    /** The contract of sales with some parts changed. */
    static String changed(String... changes) {
        String yaml = SALES;
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(yaml).contains(changes[i]);
            yaml = yaml.replace(changes[i], changes[i + 1]);
        }
        return yaml;
    }

    /** Gives the sales of a group further columns. */
    private void branches(String group, String columns, String branch) throws IOException {
        String number = group.substring("group".length());
        warehouse.group(group, sale("trx-" + number, 1));
        LocalWarehouse.write(
                warehouse.landing().resolve(group),
                "branches_" + number,
                "branch_id,location,establish_date,class" + columns,
                branch);
    }

    private void withHeader(String group, String columns) throws IOException {
        Path sales = warehouse.landing().resolve(group).resolve("sales_transactions_" + group.charAt(5) + ".csv");
        Files.writeString(
                sales, Files.readString(sales).replace(LocalWarehouse.HEADER, LocalWarehouse.HEADER + columns));
    }

    private void contract(String yaml) throws IOException {
        String name = yaml.lines()
                .filter(line -> line.startsWith("name: "))
                .findFirst()
                .orElseThrow();
        Files.writeString(contracts.resolve(name.substring("name: ".length()) + ".yaml"), yaml);
    }

    private List<String> texts(Table table, String column) throws IOException {
        return warehouse.rows(table).stream().map(row -> row.text(column)).toList();
    }

    private MapAssert<Object, Object> counters() throws IOException {
        List<Row> runs = warehouse.rows(StarSchema.LOAD_RUNS);
        return assertThat(runs.get(runs.size() - 1).get("counters"))
                .asInstanceOf(InstanceOfAssertFactories.map(Object.class, Object.class));
    }
}
