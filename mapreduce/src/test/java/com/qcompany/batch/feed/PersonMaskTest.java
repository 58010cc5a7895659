package com.qcompany.batch.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.feed.PersonMask.Person;
import com.qcompany.warehouse.contract.ContractText;
import com.qcompany.warehouse.state.ErasedCustomers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonMaskTest {
    private static final Feed SALES = FeedCatalog.bundled().feed("sales_transactions");
    private static final List<String> HEADER = List.of(
            ("transaction_date,transaction_id,customer_id,customer_fname,cusomter_lname,cusomter_email,sales_agent_id,"
                            + "branch_id,product_id,product_name,product_category,offer_1,offer_2,offer_3,offer_4,offer_5,"
                            + "units,unit_price,is_online,payment_method,note,shipping_address")
                    .split(","));
    private static final Person PERSON =
            new Person(85469, Set.of(List.of("Ann", "Brown"), List.of("ann.brown@gmail.com")));

    private final PersonMask mask = PersonMask.of(FeedHeader.bind(SALES, "sales.csv", HEADER), List.of(PERSON))
            .orElseThrow();

    @Test
    void takesOutWhatIsPersonalOrNotDeclaredAndKeepsTheRest() {
        assertThat(masked(online("85469", "\"Brown, Jr\"", "12 Elm 1/2/Grove/Boston/MA/02101")))
                .isEqualTo(
                        "2023-5-20,t-1,85469,erased,erased,,,,22,\"Mill, \"\"fine\"\"\",Home,,,True,,,2,79.99,yes,Cash,,"
                                + "erased/Boston/MA/02101");
        assertThat(masked(online("85469.0", "Brown", "nowhere")))
                .endsWith(",Cash,,erased")
                .contains(",85469.0,");
        assertThat(masked(online(" 85469 ", "n/a", "")))
                .contains("\" 85469 \",erased,,,")
                .endsWith(",Cash,,");
        assertThat(masked(online("85469", "Brown", "\"12 Elm\nFlat 2/Boston/MA/02101\"")))
                .endsWith(",Cash,,erased/Boston/MA/02101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"85468", "854690", "7"})
    void leavesRecordsOfOthersAsTheyAre(String id) {
        assertThat(masked(online(id, "Brown", "12 Elm/Boston/MA/02101"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-5-20,t-1,x,Ann,Brown,none",
                "2023-5-20,t-1,85469,Someone",
                "\"never closed ann.brown@gmail.com",
                "2023-5-20,t-1,,Zoe,Quist,ann.brown@gmail.com,,,22,Mill,Home,,,,,,2,79.99,yes,Cash,,",
                "2023-5-20,t-1,x85469,Zoe,Quist,none",
                "a field more,2023-5-20,t-1,85469,Zoe,Quist",
                "\"never closed 085469.0 Zoe",
                "2023-5-20;t-1;85469;Zoe;Quist"
            })
    void takesOutAWholeRecordOfWhichItCannotBeReadWhoseItIs(String record) {
        assertThat(masked(record)).isEqualTo(ErasedCustomers.ERASED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-5-20,t-1,,Zoe,185469,854690",
                "2023-5-20;t-1;85469.5;Zoe",
                "2023-85469-1;t-1;;Zoe",
                "2023-5-20,t-1,7,Zoe,85469"
            })
    void leavesARecordThatHasAnotherNumberOrAnotherId(String record) {
        assertThat(masked(record)).isEmpty();
    }

    @Test
    void anIdThatBreaksARuleStillTellsWhoseARecordIs() {
        String id = "      - name: customer_id\n        logicalType: integer\n";
        String yaml = SALES.text().yaml().replace(id, id + "        logicalTypeOptions: {minimum: 90000}\n");
        Feed narrower = Feed.read(new ContractText("narrower", yaml));
        PersonMask narrowed = PersonMask.of(FeedHeader.bind(narrower, "sales.csv", HEADER), List.of(PERSON))
                .orElseThrow();

        assertThat(narrowed.mask(new RecordText(online("85469", "Brown", ""), true))
                        .map(RecordText::text))
                .hasValueSatisfying(text -> assertThat(text).startsWith("2023-5-20,t-1,85469,erased,erased,"));
        assertThat(narrowed.mask(new RecordText(online("7", "85469", ""), true)))
                .isEmpty();
    }

    @Test
    void keepsWhatTablesKeepThoughItIsDeclaredPersonal() {
        String yaml = SALES.text().yaml();
        for (String column : List.of("customer_id", "sales_agent_id", "payment_method")) {
            yaml = yaml.replace(
                    "- name: " + column + "\n", "- name: " + column + "\n        classification: personal\n");
        }
        Feed personal = Feed.read(new ContractText("personal", yaml));
        PersonMask careful = PersonMask.of(FeedHeader.bind(personal, "sales.csv", HEADER), List.of(PERSON))
                .orElseThrow();
        RecordText record = new RecordText(online("85469", "Brown", ""), true);

        assertThat(careful.mask(record)).isPresent().isEqualTo(mask.mask(record));
    }

    @Test
    void masksSalesWhoseCustomersHaveAFileOfTheirOwn() {
        String yaml = SALES.text().yaml().replaceFirst("(?s)          - table: customer_dim.*?(?= {10}- table:)", "");
        Feed sales = Feed.read(new ContractText("sales", yaml));
        RecordText record = new RecordText(online("85469", "Brown", "12 Elm/Boston/MA/02101"), true);

        assertThat(sales.mappings()).hasSize(SALES.mappings().size() - 1);
        assertThat(PersonMask.of(FeedHeader.bind(sales, "sales.csv", HEADER), List.of(PERSON))
                        .orElseThrow()
                        .mask(record))
                .isPresent()
                .isEqualTo(mask.mask(record));
    }

    @Test
    void keepsAnAddressWithoutTheOptionalPartThatIsItsStreet() {
        String yaml = SALES.text().yaml().replace("'(.*)/([^/]*)/", "'(?:(.*)/)?([^/]*)/");
        Feed optional = Feed.read(new ContractText("optional", yaml));
        PersonMask streetless = PersonMask.of(FeedHeader.bind(optional, "sales.csv", HEADER), List.of(PERSON))
                .orElseThrow();

        assertThat(streetless.mask(new RecordText(online("85469", "Brown", "Boston/MA/02101"), true)))
                .hasValueSatisfying(text -> assertThat(text.text()).endsWith(",,Boston/MA/02101"));
    }

    @Test
    void takesOutBytesThatAreNoUtf8() {
        RecordText record = RecordText.decode("t-1,85469,Ann Brown \u00e9".getBytes(ISO_8859_1));

        assertThat(record.utf8()).isFalse();
        assertThat(mask.mask(record))
                .hasValueSatisfying(text -> assertThat(text.bytes()).isEqualTo(ErasedCustomers.ERASED.getBytes(UTF_8)));
        assertThat(mask.mask(RecordText.decode("t-1,7,Zoe \u00e9".getBytes(ISO_8859_1))))
                .isEmpty();
    }

    @Test
    void theSameAgainChangesNothing() {
        String once = masked(online("85469", "Brown", "12 Elm/Boston/MA/02101"));

        assertThat(mask.mask(new RecordText(once, true))).isEmpty();
        assertThat(mask.mask(new RecordText(ErasedCustomers.ERASED, true))).isEmpty();
    }

    private String masked(String record) {
        return mask.mask(new RecordText(record, true)).map(RecordText::text).orElse("");
    }

    private static String online(String customer, String lastName, String address) {
        return "2023-5-20,t-1,%s,Ann,%s,ann.brown@gmail.com;,,,22,\"Mill, \"\"fine\"\"\",Home,,,True,,,2,79.99,yes,Cash,call,%s"
                .formatted(customer, lastName, address);
    }
}
