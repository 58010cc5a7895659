package com.qcompany.batch.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.warehouse.contract.ContractText;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedTest {

    private static final String BRANCHES = "feeds/branches.yaml";
    private static final String SALES = "feeds/sales_transactions.yaml";

    @Test
    void knowsItsFilesByName() {
        FeedCatalog catalog = FeedCatalog.bundled();
        assertThat(catalog.feedOf("branches_SS_raw_1.csv")).contains(catalog.feed("branches"));
        assertThat(catalog.feedOf("sales_agents_SS_raw_12.csv")).contains(catalog.feed("sales_agents"));
        assertThat(catalog.feedOf("Sales_Transactions_SS_raw_3.CSV")).contains(catalog.feed("sales_transactions"));
        assertThat(catalog.feedOf("notes.txt")).isEmpty();
    }

    @Test
    void namesTheFeedsItHas() {
        assertThatThrownBy(() -> FeedCatalog.bundled().feed("stock"))
                .hasMessage("Cannot find feed stock (expected one of [branches, sales_agents, sales_transactions])");
    }

    @Test
    void readsTheDimensionsFiles() {
        Feed feed = FeedCatalog.bundled().feed("branches");
        FeedParser parser = new FeedParser(
                FeedHeader.bind(feed, "b.csv", List.of("branch_id", "location", "establish_date", "class")),
                (table, key) -> true);
        assertThat(((Accepted) parser.parse("1,New York,2017-01-15,A")).values())
                .containsExactly(1, "New York", LocalDate.of(2017, 1, 15), "A");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                BRANCHES + "|kind: DataContract|`kind: DataContract⏎owner: me`|owner",
                BRANCHES + "|status: active|`status: active⏎status: active`|Duplicate field 'status'",
                BRANCHES + "|`name: branches⏎`|``|Missing required creator property 'name'",
                BRANCHES + "|v3.1.0|v9.9.9|Cannot use apiVersion: v9.9.9 (expected v3.1.0)",
                BRANCHES + "|DataContract|Data|Cannot use kind: Data",
                BRANCHES + "|integer|float|Cannot use type float",
                BRANCHES + "|integer|text|Cannot use type text",
                BRANCHES + "|`logicalType: date`|`logicalType: string`|with format",
                BRANCHES + "|`required: true`|`requird: true`|line 16, schema[0].properties[0].requird: Unrecognized",
                BRANCHES + "|`required: true`|`required: maybe`|maybe",
                BRANCHES + "|uuuu-M-d|YYYY|Cannot read date format: YYYY",
                BRANCHES + "|`format: uuuu-M-d, `|``|Cannot declare column establish_date without format",
                BRANCHES + "|today+1d|someday|Cannot use bound: someday",
                BRANCHES + "|branch_dim|branches_dim|Cannot find table branches_dim",
                BRANCHES + "|`name: branch_class`|`name: branch_klass`|nothing fills branch_dim.branch_class",
                BRANCHES + "|`name: branch_class`|`name: location`|location: it is declared twice",
                BRANCHES
                        + "|property: aliases|property: aliasses|line 36, schema[0].properties[3].customProperties.aliasses: Unrecognized",
                BRANCHES + "|property: aliases|property: tolerates|Duplicate property 'tolerates'",
                BRANCHES + "|zeroDecimals|zeros|zeros",
                SALES + "|property: extract|property: guess|guess",
                SALES + "|offer_1 ? 1 : offer_2|offer_1 ? 1 : offer_9|undeclared column offer_9",
                SALES + "|units * unit_price|pieces * unit_price|undeclared column pieces",
                SALES
                        + "|offer_1 ? 1 : offer_2|total_paid_price > 0 ? 1 : offer_2|Cannot compute offer from what is computed",
                SALES + "|0.01B|new(\"java.io.File\")|Cannot use expression of total_paid_price",
                SALES + "|0.01B|(units = 1)|Cannot use expression of total_paid_price",
                SALES + "|to: branch_dim.branch_id|to: kafka.event|Cannot look up branch_id in kafka.event",
                SALES + "|to: branch_dim.branch_id|to: branch_dim.location|Cannot look up branch_id",
                SALES + "|run_id|run|Cannot find column run in table sales_transactions_fact",
                SALES + "|engine: jexl|engine: sql|Cannot use engine of rule several_offers: sql",
                SALES + "|property: outputs|property: puts|puts",
                SALES + "|decimal(18,4)|decimal(18,2)|unit_price of type decimal(18,2) into",
            })
    void refusesAContractThatDoesNotAddUp(String resource, String part, String changed, String complaint)
            throws IOException {
        String yaml = text(resource);
        String old = part.replace("⏎", "\n");
        assertThat(yaml).contains(old);
        String broken = yaml.replace(old, changed == null ? "" : changed.replace("⏎", "\n"));
        assertThatThrownBy(() -> read(broken).steps((table, key) -> true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot load feed from contract.yaml")
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "units * unit_price|product_name * unit_price|total_paid_price: product_name * |Maker is no exact"
                        + " number",
                "0.01B|0.01|total_paid_price: units * |0.01 is no exact number",
                "is_online ==|units &&|online_contradiction: units && |10 is neither true nor false",
            })
    void failsOnAnExpressionThatDoesNotFitItsTypes(String part, String changed, String expression, String complaint)
            throws IOException {
        Feed feed = read(text(SALES).replace(part, changed));
        FeedParser parser = new FeedParser(
                FeedHeader.bind(feed, "s.csv", List.of(SalesLines.HEADER.split(","))), (table, key) -> true);
        assertThatThrownBy(() -> parser.parse(SalesLines.BRANCH_SALE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot use expression of " + expression)
                .hasMessageContaining(complaint);
    }

    @Test
    void rejectsARecordWhoseTextIsTooShortForAnExpression() throws IOException {
        Feed feed = read(text(SALES)
                .replace("is_online ==", "transaction_id.substring(0, 5) != 'trx-1' && is_online ==")
                .replace("units * unit_price", "units * unit_price * product_name.substring(5).length()"));
        FeedParser parser = new FeedParser(
                FeedHeader.bind(feed, "s.csv", List.of(SalesLines.HEADER.split(","))), (table, key) -> true);

        assertThat(codes(parser.parse(SalesLines.ONLINE_SALE.replace("trx-2", "trx"))))
                .containsExactly("online_contradiction");
        assertThat(codes(parser.parse(SalesLines.ONLINE_SALE.replace("Coffee Maker", "Pot"))))
                .containsExactly("total_paid_price_inexact");
    }

    @Test
    void takesAPartOfAPatternThatIsNotThereForAbsent() throws IOException {
        Feed feed = read(text(SALES)
                .replace("([^/]*)/([^/]*)'", "([^/]*)(?:/([0-9]+))?'")
                .replace("pattern: '(?i)", "pattern: '(?i)none|")); // an e-mail address
        FeedParser parser = new FeedParser(
                FeedHeader.bind(feed, "s.csv", List.of(SalesLines.HEADER.split(","))), (table, key) -> true);
        String email = SalesLines.ONLINE_SALE.split(",")[5];

        Accepted sale = (Accepted) parser.parse(
                SalesLines.ONLINE_SALE.replaceFirst("(.*)/[^/]*$", "$1").replace(email, "none"));

        assertThat(sale.values()[feed.indexOf("shipping_state")]).isNotNull();
        assertThat(sale.values()[feed.indexOf("shipping_postal_code")]).isNull();
        assertThat(sale.values()[feed.indexOf("customer_email")]).isNull();
    }

    @Test
    void compilesEveryExpressionOfTheBundledFeeds() {
        assertThat(FeedCatalog.bundled().feeds())
                .allSatisfy(feed -> assertThat(feed.steps((table, key) -> true)).isNotNull());
    }

    @Test
    void appliesTheRulesOfAContractThatIsNotBundled() throws IOException {
        Feed feed = read(
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: stock
                name: stock
                version: 2.1.0
                status: draft
                team: {name: stores}
                schema:
                  - name: stock
                    properties:
                      - name: sku
                        logicalType: string
                        required: true
                        logicalTypeOptions: {pattern: '[A-Z]-\\d+'}
                      - name: shelf
                        logicalType: string
                        quality:
                          - {metric: invalidValues, mustBe: 0, arguments: {validValues: [top, bottom]}}
                        customProperties:
                          - {property: tolerates, value: [placeholder]}
                      - name: pieces
                        logicalType: integer
                        physicalType: bigint
                        logicalTypeOptions: {minimum: 0, exclusiveMaximum: 100}
                        customProperties:
                          - {property: tolerates, value: [placeholder]}
                      - name: spoilt
                        logicalType: integer
                        physicalType: bigint
                        logicalTypeOptions: {maximum: 5}
                    quality:
                      - type: custom
                        engine: jexl
                        name: shelf_or_pieces
                        description: a shelf, or pieces and nothing spoilt
                        implementation: shelf != null || pieces != null
                    customProperties:
                      - {property: filePattern, value: stock.*}
                      - {property: placeholders, value: [n/a, '-', '99']}
                      - property: derivations
                        value:
                          - {name: share, type: 'decimal(4,2)', expression: pieces / spoilt}
                          - {name: sound, type: int, expression: pieces + 1 - spoilt}
                      - {property: outputs, value: []}
                """);
        FeedParser parser = new FeedParser(
                FeedHeader.bind(feed, "stock.csv", List.of("sku", "shelf", "pieces", "spoilt")), (table, key) -> false);
        assertThat(feed.version()).isEqualTo("2.1.0");
        assertThat(values(parser.parse("A-1,top,7,4")))
                .containsExactly("A-1", "top", 7L, 4L, new java.math.BigDecimal("1.75"), 4);
        assertThat(values(parser.parse("A-1,N/A,7,"))).containsExactly("A-1", null, 7L, null, null, null);
        assertThat(values(parser.parse("A-1,top,99,"))).containsExactly("A-1", "top", null, null, null, null);
        assertThat(codes(parser.parse("a1,middle,100,6")))
                .containsExactly("sku_malformed", "shelf_not_allowed", "pieces_out_of_range", "spoilt_out_of_range");
        assertThat(codes(parser.parse("A-1,-,,4"))).containsExactly("shelf_or_pieces");
        assertThat(codes(parser.parse("A-1,top,1,3"))).containsExactly("share_inexact");
        assertThat(codes(parser.parse("A-1,top,1,0"))).containsExactly("share_inexact");
    }

    @Test
    void namesLineAndKeyWhereAContractDisagreesWithATable() throws IOException {
        assertThatThrownBy(() -> read(text(SALES).replace("decimal(18,4)", "decimal(18,2)")))
                .hasMessageStartingWith(
                        "Cannot load feed from contract.yaml: line 133, properties.unit_price: Cannot put");
        assertThatThrownBy(() -> read(text(BRANCHES).replace("{table: branch_dim}", "{table: product_dim}")))
                .hasMessageStartingWith(
                        "Cannot load feed from contract.yaml: line 45, outputs.product_dim: Cannot use");
        assertThatThrownBy(() ->
                        read(text(SALES).replace("is_online ==", "online ==")).steps((table, key) -> true))
                .hasMessageStartingWith("Cannot load feed from contract.yaml: line 180, quality.online_contradiction:");
    }

    @Test
    void namesTheSecondExpectationOfAMetric() throws IOException {
        String again =
                "      - {type: library, metric: rowCount, name: many, description: d, mustBeLessOrEqualTo: 9}\n";
        assertThatThrownBy(() -> read(text(SALES)
                        .replace(
                                "    customProperties:\n      - property: file",
                                again + "    customProperties:\n      - property: file")))
                .hasMessage("Cannot load feed from contract.yaml: line 189, quality.many: Cannot expect records of *"
                        + " (expected each of these once, and left are [])");
    }

    @Test
    void warnsOfAValueWithoutRejectingItsRow() throws IOException {
        Feed feed = read(text(BRANCHES)
                .replace(
                        "{property: tolerates, value: [timeOfDay",
                        "{property: severity, value: warn}\n          - {property: tolerates, value: [timeOfDay"));
        FeedParser parser = new FeedParser(
                FeedHeader.bind(feed, "b.csv", List.of("branch_id", "location", "establish_date", "class")),
                (table, key) -> true);

        Accepted early = (Accepted) parser.parse("1,New York,1817-01-15,A");

        assertThat(early.warnings()).containsExactly("establish_date_out_of_range");
        assertThat(early.values()).contains(LocalDate.of(1817, 1, 15));
        assertThat(codes(parser.parse("1,New York,soon,A"))).containsExactly("establish_date_invalid");
    }

    @Test
    void refusesAHeaderWithUnknownColumnsWhereTheContractSaysSo() throws IOException {
        Feed feed = read(text(BRANCHES)
                .replace(
                        "      - property: outputs",
                        "      - {property: unknownColumns, value: fail}\n      - property: outputs"));
        List<String> names = List.of(" Class", "branch_id", "LOCATION", "establish_date");
        assertThat(FeedHeader.bind(feed, "b.csv", names).unknown()).isEmpty();
        assertThatThrownBy(() -> FeedHeader.bind(
                        feed, "b.csv", List.of("branch_id", "location", "establish_date", "class", "logs")))
                .hasMessageContaining("columns [logs] are unknown (its contract allows none");
    }

    private static Object[] values(Outcome outcome) {
        return ((Accepted) outcome).values();
    }

    private static List<String> codes(Outcome outcome) {
        return ((Rejected) outcome).codes();
    }

    private static Feed read(String yaml) {
        return Feed.read(new ContractText("contract.yaml", yaml));
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = Feed.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
