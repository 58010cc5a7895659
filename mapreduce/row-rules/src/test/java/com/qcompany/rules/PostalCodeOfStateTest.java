package com.qcompany.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.FeedHeader;
import com.qcompany.batch.feed.FeedParser;
import com.qcompany.batch.feed.Outcome;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.warehouse.contract.ContractText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostalCodeOfStateTest {

    private static final String RULE =
            """
                quality:
                  - type: custom
                    engine: java
                    name: postal_code_of_other_state
                    description: a postal code of the state
                    implementation: com.qcompany.rules.PostalCodeOfState
            """;
    private static final List<String> HEADER = List.of(
            ("transaction_date,transaction_id,customer_id,customer_fname,customer_lname,product_id,product_name,"
                            + "product_category,offer_1,offer_2,offer_3,offer_4,offer_5,units,unit_price,is_online,"
                            + "payment_method,sales_agent_id,branch_id,shipping_address")
                    .split(","));

    @ParameterizedTest
    @CsvSource({"VT,05443", "ny,00501", "NY,10001", "TX,88510", "Ontario,K1A", "VT,", ",05443"})
    void acceptsACodeOfTheState(String state, String code) {
        assertThat(sale(contract(RULE), state, code)).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({"VT,90210", "CA,05443", "DC,K1A"})
    void rejectsACodeOfAnotherState(String state, String code) {
        assertThat(((Rejected) sale(contract(RULE), state, code)).codes())
                .containsExactly("postal_code_of_other_state");
    }

    @Test
    void onlyWarnsWhereTheContractSaysSo() {
        String warns = RULE.replace("        name:", "        severity: warn\n        name:");
        assertThat(((Accepted) sale(contract(warns), "VT", "90210")).warnings())
                .containsExactly("postal_code_of_other_state");
    }

    @Test
    void aClassThatIsNotThereIsNamed() {
        Feed feed = contract(RULE.replace("PostalCodeOfState", "Postcode"));
        assertThatThrownBy(() -> sale(feed, "VT", "05443"))
                .hasMessageContaining(", quality.postal_code_of_other_state: Cannot find rule class"
                        + " com.qcompany.rules.Postcode on the class path"
                        + " (found [com.qcompany.rules.PostalCodeOfState]; name its jar with -libjars)");
    }

    /** The built-in contract of sales with the rule among the others. */
    private static Feed contract(String rule) {
        String yaml = FeedCatalog.bundled().feed("sales_transactions").text().yaml();
        return Feed.read(
                new ContractText("sales.yaml", yaml.replace("    quality:\n      - type", rule + "      - type")));
    }

    private static Outcome sale(Feed feed, String state, String code) {
        FeedParser parser = new FeedParser(FeedHeader.bind(feed, "s.csv", HEADER), (table, key) -> true);
        String address = "1 High Street/Town/%s/%s".formatted(state == null ? "" : state, code == null ? "" : code);
        return parser.parse("2023-5-20,trx-1,7,Ann,Brown,22,Kettle,Kitchen,,,,,,1,9.99,yes,Cash,,," + address);
    }
}
