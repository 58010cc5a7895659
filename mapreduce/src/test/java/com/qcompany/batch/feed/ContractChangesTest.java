package com.qcompany.batch.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.feed.ContractChanges.Change;
import com.qcompany.warehouse.contract.ContractText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractChangesTest {

    private static final String SALES =
            FeedCatalog.bundled().feed("sales_transactions").text().yaml();

    @Test
    void wordsForPeopleAreNoChange() {
        assertThat(changes(SALES, SALES.replace("The sales of an hour", "Sales")))
                .isEmpty();
    }

    /** Part of the contract, what stands there afterwards, what is told of it; the way back is the other way round. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[cusomter_lname]|[cusomter_lname, last_name]|customer_lname: names|BACKWARD",
                "minimum: '2000-01-01'|minimum: '1999-01-01'|transaction_date: range|BACKWARD",
                "maximum: today+1d|maximum: today|transaction_date: range|FORWARD",
                "{exclusiveMinimum: 0}⏎        customProperties:⏎          - {property: tolerates, value: [placeholder]}⏎      - name: is_online"
                        + "|{minimum: 0}⏎        customProperties:⏎          - {property: tolerates, value: [placeholder]}⏎      - name: is_online"
                        + "|unit_price: range|BACKWARD",
                "[timeOfDay, placeholder]|[placeholder]|transaction_date: tolerates|FORWARD",
                "value: supersede|value: warn|corrections|NONE",
                "<= 1|<= 2|several_offers: implementation|NONE",
                "name: several_offers|name: too_many_offers|several_offers: rule left out|BACKWARD",
                "name: online_contradiction⏎|name: online_contradiction⏎        severity: warn⏎|online_contradiction: severity|BACKWARD",
                "name: online_contradiction⏎|name: online_contradiction⏎        severity: fail⏎|online_contradiction: severity|FORWARD",
                "  - property: filePattern|  - {property: unknownColumns, value: fail}⏎      - property: filePattern|unknownColumns|FORWARD",
                "      - name: payment_method⏎|      - {name: note, logicalType: string, customProperties: [{property: mayBeMissing, value: true}]}⏎      - name: payment_method⏎|note: new column|FULL",
                "      - name: payment_method⏎|      - {name: note, logicalType: string}⏎      - name: payment_method⏎|note: new column|FORWARD",
            })
    void tellsWhatAChangeMeans(String part, String replaced, String what, Compatibility compatibility) {
        String old = part.replace("⏎", "\n");
        assertThat(SALES).contains(old);
        String yaml = SALES.replace(old, replaced.replace("⏎", "\n"));

        assertThat(changes(SALES, yaml)).contains(new Change(what, compatibility));
    }

    @Test
    void typesAreWidenedAndNarrowed() {
        String int32 = stock("integer", "int");
        String int64 = stock("integer", "bigint");
        String exact = stock("number", "decimal(18,4)");

        assertThat(changes(int32, int64)).containsExactly(new Change("pieces: type", Compatibility.BACKWARD));
        assertThat(changes(int32, exact)).containsExactly(new Change("pieces: type", Compatibility.BACKWARD));
        assertThat(changes(int64, int32)).containsExactly(new Change("pieces: type", Compatibility.FORWARD));
        assertThat(changes(int64, exact)).containsExactly(new Change("pieces: type", Compatibility.NONE));
    }

    @Test
    void theFirstFormatOfADateThatFitsCounts() {
        String first = SALES.replace(
                "{format: uuuu-M-d, minimum: '2000-01-01', maximum: today+1d}\n        customProperties:\n",
                "{format: uuuu-M-d}\n        customProperties:\n          - {property: formats, value: [d.M.uuuu, M.d.uuuu]}\n");
        String other = first.replace("[d.M.uuuu, M.d.uuuu]", "[M.d.uuuu, d.M.uuuu]");
        String fewer = first.replace("[d.M.uuuu, M.d.uuuu]", "[d.M.uuuu]");

        assertThat(changes(first, other)).containsExactly(new Change("transaction_date: formats", Compatibility.NONE));
        assertThat(changes(fewer, first))
                .containsExactly(new Change("transaction_date: formats", Compatibility.BACKWARD));
    }

    @Test
    void aColumnThatTakesTheNameOverIsRenamed() {
        String renamed = stock("integer", "int").replace("name: pieces,", "name: count,");
        String aliased = renamed.replace("int}", "int, customProperties: [{property: aliases, value: [pieces]}]}");

        assertThat(changes(stock("integer", "int"), aliased))
                .containsExactly(new Change("count: names", Compatibility.BACKWARD));
        assertThat(changes(stock("integer", "int"), renamed))
                .containsExactly(
                        new Change("pieces: no longer declared", Compatibility.BACKWARD),
                        new Change("count: new column", Compatibility.FORWARD));
    }

    @Test
    void aContractWithTwoRulesOfANameIsFollowedByAnother() {
        String twice = SALES.replace("name: online_contradiction", "name: several_offers");

        assertThat(changes(twice, SALES)).contains(new Change("online_contradiction: new rule", Compatibility.FORWARD));
        assertThat(changes(twice, SALES.replace("several_offers", "gone")))
                .as("of both, not of the last alone")
                .extracting(Change::what)
                .anyMatch(what -> what.startsWith("several_offers, again"));
    }

    @Test
    void severalChangesGoTogetherAsFarAsEachOfThem() {
        Change full = new Change("a", Compatibility.FULL);
        Change backward = new Change("b", Compatibility.BACKWARD);
        Change forward = new Change("c", Compatibility.FORWARD);

        assertThat(ContractChanges.together(List.of())).isEqualTo(Compatibility.FULL);
        assertThat(ContractChanges.together(List.of(full, backward, backward))).isEqualTo(Compatibility.BACKWARD);
        assertThat(ContractChanges.together(List.of(forward, full))).isEqualTo(Compatibility.FORWARD);
        assertThat(ContractChanges.together(List.of(forward, backward))).isEqualTo(Compatibility.NONE);
    }

    private static String stock(String logical, String physical) {
        return """
                apiVersion: v3.1.0
                kind: DataContract
                id: stock
                name: stock
                version: 1.0.0
                status: draft
                schema:
                  - name: stock
                    properties:
                      - {name: pieces, logicalType: %s, physicalType: '%s'}
                    customProperties:
                      - {property: filePattern, value: stock.*}
                      - {property: outputs, value: []}
                """
                .formatted(logical, physical)
                .replace("'int'", "int");
    }

    private static List<Change> changes(String before, String after) {
        return ContractChanges.between(
                Feed.read(new ContractText("before", before)), Feed.read(new ContractText("after", after)));
    }
}
