package com.qcompany.batch.feed;

import static com.qcompany.batch.feed.SalesLines.BRANCH_SALE;
import static com.qcompany.batch.feed.SalesLines.ONLINE_SALE;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spellings, words and characters that exports bring. */
class UnusualValuesTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2024-07-04T12:00:00Z"), ZoneOffset.UTC);

    private final SalesLines sales = new SalesLines();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "élodie@exemple.fr",
                "andré.ñ@exemple.fr",
                "o'neil+shop@exemple.fr",
                "zoë@exämple.de",
                "Ünal@x.org"
            })
    void keepsAccentsOfAnEmail(String address) {
        assertThat(sales.value(sales.with(BRANCH_SALE, "cusomter_email", address), "customer_email"))
                .isEqualTo(address);
        assertThat(sales.value(sales.with(BRANCH_SALE, "cusomter_email", address + "}4"), "customer_email"))
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200Btrx-1",
                "\uFEFFtrx-1",
                "trx\u00A0-1",
                "trx\u00AD-1",
                "\u202Atrx-1\u202C",
                "trx-\u200D1",
                "TRX-1",
                "trx-1\u2060",
                "\u00A0trx-1\u200B "
            })
    void comparesIdsAsTheyLook(String id) {
        assertThat(sales.value(sales.with(BRANCH_SALE, "transaction_id", id), "transaction_id"))
                .isEqualTo("trx-1");
        assertThat(sales.fixes().keySet()).containsAnyOf("invisible_removed", "letter_case_changed", "text_trimmed");
    }

    @Test
    void readsNumbersOfIdsWithoutInvisibleCharacters() {
        assertThat(sales.value(sales.with(BRANCH_SALE, "customer_id", "\u200B854\u00AD69"), "customer_id"))
                .isEqualTo(85469);
        assertThat(sales.fixes()).containsEntry("invisible_removed", 1L);
    }

    @Test
    void rejectsControlCharactersInAnId() {
        Rejected rejected = sales.reject(sales.with(BRANCH_SALE, "transaction_id", "trx\u0007-1"));
        assertThat(rejected.codes()).containsExactly("transaction_id_invalid");
        assertThat(rejected.message()).endsWith("(allowed: an identifier without control characters)");
    }

    @Test
    void composesLettersAndAccents() {
        assertThat(sales.value(sales.with(BRANCH_SALE, "customer_fname", "Zoe\u0308"), "customer_fname"))
                .isEqualTo("Zoë");
        assertThat(sales.fixes()).containsEntry("text_composed", 1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "NaN", "\\N", "None", "n/a", "ERROR", "Unknown", "-"})
    void takesNoPlaceholderForAValue(String word) {
        for (String column : List.of("customer_fname", "cusomter_lname", "product_name", "product_category", "units")) {
            String name = column.equals("cusomter_lname") ? "customer_lname" : column;
            Rejected rejected = sales.reject(sales.with(BRANCH_SALE, column, word));
            assertThat(rejected.codes()).containsExactly(name + "_missing");
            assertThat(rejected.value()).isEqualTo(word);
            assertThat(rejected.message()).contains("Cannot accept " + name + ": " + word);
        }
        assertThat(sales.value(sales.with(ONLINE_SALE, "branch_id", word), "branch_id"))
                .isNull();
        assertThat(sales.value(sales.with(BRANCH_SALE, "shipping_address", word), "shipping_address"))
                .isNull();
        assertThat(sales.fixes()).containsEntry("placeholder_emptied", 2L);
    }

    @Test
    void takesNoPlaceholderIntoADimension() {
        assertThat(((Rejected) parse("branches", "branch_id,location,establish_date,class", "1,null,2017-01-15,A"))
                        .codes())
                .containsExactly("location_missing");
        assertThat(((Rejected) parse("sales_agents", "sales_person_id,name,hire_date", "1,NaN,2019-3-4")).codes())
                .containsExactly("sales_agent_name_missing");
    }

    @ParameterizedTest
    @CsvSource({
        "offer_2,1,offer,2,boolean_respelled",
        "offer_2,TRUE,offer,2,boolean_respelled",
        "customer_id,6.0,customer_id,6,zero_decimals_cut",
        "units,2.00,units,2,zero_decimals_cut",
        "transaction_date,2023-05-20 00:00:00,transaction_date,2023-05-20,time_of_day_cut",
        "transaction_date,2023-5-2T10:15,transaction_date,2023-05-02,time_of_day_cut",
    })
    void readsSpellingsOfExportsAndCountsThem(String column, String text, String field, String value, String fix) {
        assertThat(sales.value(sales.with(BRANCH_SALE, column, text), field)).hasToString(value);
        assertThat(sales.fixes()).containsEntry(fix, 1L);
    }

    @ParameterizedTest
    @CsvSource({
        "29/02/2016,establish_date_invalid",
        "'',establish_date_missing",
        "2019-11-31,establish_date_invalid",
        "1899-12-31,establish_date_out_of_range",
        "2024-07-06,establish_date_out_of_range",
    })
    void rejectsBranchesOfImpossibleDates(String date, String code) {
        Rejected rejected = (Rejected)
                parse("branches", "branch_id,location,establish_date,class", "1,Riverton,%s,A".formatted(date));
        assertThat(rejected.codes()).containsExactly(code);
        assertThat(rejected.column()).isEqualTo("establish_date");
        assertThat(rejected.value()).isEqualTo(date);
    }

    @Test
    void allowsTomorrowButNoLaterDay() {
        String header = "sales_person_id,name,hire_date";
        assertThat(((Accepted) parse("sales_agents", header, "1,Ann,2024-7-5")).values()[2])
                .isEqualTo(LocalDate.of(2024, 7, 5));
        assertThat(((Rejected) parse("sales_agents", header, "1,Ann,2024-7-6")).message())
                .isEqualTo("Cannot accept hire_date: 2024-7-6 (allowed: at least 1900-01-01 and at most 2024-07-05)");
    }

    @Test
    void tellsWhichColumnsContradictEachOther() {
        Rejected rejected = sales.reject(sales.with(ONLINE_SALE, "branch_id", "2"));
        assertThat(rejected.column()).isEqualTo("is_online");
        assertThat(rejected.value()).isEqualTo("yes");
        assertThat(rejected.message())
                .isEqualTo("Cannot accept record: is_online=yes, shipping_address=12 High Street/Springfield/IL/01234,"
                        + " branch_id=2 (allowed: online if and only if there is a shipping address and neither agent"
                        + " nor branch)");
    }

    private static Outcome parse(String feed, String header, String line) {
        FeedHeader bound = FeedHeader.bind(FeedCatalog.bundled().feed(feed), "f.csv", List.of(header.split(",")));
        return new FeedParser(bound, (table, key) -> true, NOON).parse(line);
    }
}
