package com.qcompany.batch.feed;

import static com.qcompany.batch.feed.SalesLines.BRANCH_SALE;
import static com.qcompany.batch.feed.SalesLines.ONLINE_SALE;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.feed.Outcome.Waiting;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalesRulesTest {

    private final SalesLines sales = new SalesLines();

    @Test
    void readsABranchSaleThatEndsBeforeTheAddress() {
        Accepted sale = sales.accept(BRANCH_SALE);
        assertThat(sales.value(sale, "transaction_date")).isEqualTo(LocalDate.of(2023, 5, 2));
        assertThat(sales.value(sale, "transaction_id")).isEqualTo("trx-1");
        assertThat(sales.value(sale, "customer_id")).isEqualTo(85469);
        assertThat(sales.value(sale, "customer_lname")).isEqualTo("Brown");
        assertThat(sales.value(sale, "customer_email")).isEqualTo("ada.brown@gmail.com");
        assertThat(sales.value(sale, "sales_agent_id")).isEqualTo(1);
        assertThat(sales.value(sale, "unit_price")).isEqualTo(new BigDecimal("79.9900"));
        assertThat(sales.value(sale, "is_online")).isEqualTo(false);
        assertThat(sales.value(sale, "offer")).isNull();
        assertThat(sales.value(sale, "discount_percentage")).isEqualTo(0);
        assertThat(sales.value(sale, "total_paid_price")).isEqualTo(new BigDecimal("799.900000"));
        assertThat(sales.value(sale, "shipping_address")).isNull();
        assertThat(sales.value(sale, "shipping_city")).isNull();
        assertThat(sale.extras()).isEmpty();
        assertThat(sales.fixes()).isEqualTo(Map.of("email_cleaned", 1L, "trailing_columns_left_out", 1L));
    }

    @Test
    void readsAnOnlineSale() {
        Accepted sale = sales.accept(ONLINE_SALE);
        assertThat(sales.value(sale, "sales_agent_id")).isNull();
        assertThat(sales.value(sale, "branch_id")).isNull();
        assertThat(sales.value(sale, "offer")).isEqualTo(4);
        assertThat(sales.value(sale, "discount_percentage")).isEqualTo(20);
        assertThat(sales.value(sale, "total_paid_price")).isEqualTo(new BigDecimal("191.976000"));
        assertThat(sales.value(sale, "shipping_address")).isEqualTo("12 High Street");
        assertThat(sales.value(sale, "shipping_city")).isEqualTo("Springfield");
        assertThat(sales.value(sale, "shipping_state")).isEqualTo("IL");
        assertThat(sales.value(sale, "shipping_postal_code")).isEqualTo("01234");
        assertThat(sales.fixes()).isEqualTo(Map.of("email_cleaned", 1L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                ";",
                "}4",
                "#4r",
                "\\",
                " ",
                "m",
                "'",
                "$u",
                "%x",
                "&",
                "(",
                ")x",
                "*",
                "/",
                ":",
                "<",
                ">",
                "[",
                "]x",
                "^",
                "{",
                "|",
                "-",
                ".",
                "4",
                "  ",
                "\t",
                "\u00A0",
                "€",
                ".x",
                "@",
                " <ada@home.org>",
                "",
                "?",
                "!"
            })
    void freesTheEmailOfWhatIsBehindIt(String junk) {
        String quoted = "\"ada.brown@gmail.com" + junk.replace("\"", "\"\"") + "\"";
        assertThat(sales.value(sales.with(BRANCH_SALE, "cusomter_email", quoted), "customer_email"))
                .isEqualTo("ada.brown@gmail.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.co",
                "a@b.co.uk",
                "a@b.org",
                "a@b.museum",
                "a@b.community",
                "a@b.com.br",
                "a@comm.de",
                "A_1+x@B-1.Com",
                "o'neil@x.ie",
                "a.b-c@mail.sub.domain.example.net",
                "a@münchen.de",
                "a@x.xn--p1ai",
                "josé@x.es",
                "1@2.info",
                "a#b@x.com",
                "a@commm.org"
            })
    void keepsAddressesOfAnyDomain(String address) {
        assertThat(sales.value(sales.with(BRANCH_SALE, "cusomter_email", address), "customer_email"))
                .isEqualTo(address);
        assertThat(sales.value(sales.with(BRANCH_SALE, "cusomter_email", address + "}4"), "customer_email"))
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b.com", "@gmail.com", "ada@gmail", "ada@", "n/a", "ada@.com", "a @b.com", "a@b.c"})
    void keepsTheSaleOfAnUnreadableEmail(String text) {
        assertThat(sales.value(sales.with(ONLINE_SALE, "cusomter_email", text), "customer_email"))
                .isNull();
        assertThat(sales.fixes()).isEqualTo(Map.of("email_unreadable", 1L));
    }

    @Test
    void readsAnEmptyEmailAsNone() {
        assertThat(sales.value(sales.with(ONLINE_SALE, "cusomter_email", " "), "customer_email"))
                .isNull();
        assertThat(sales.fixes()).isEqualTo(Map.of("text_trimmed", 1L));
    }

    @Test
    void survivesEmailsOfAnyLength() {
        for (String text : List.of("a", "a.", "a@", "a@a.", "@", ".")) {
            String line = sales.with(ONLINE_SALE, "cusomter_email", text.repeat(200_000));
            assertThat(sales.parse(line)).isInstanceOf(Accepted.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"offer_1,1,5", "offer_2,2,10", "offer_3,3,15", "offer_4,4,20", "offer_5,5,25"})
    void givesFivePercentANumberOfTheOffer(String column, int offer, int percent) {
        Accepted sale = sales.accept(sales.with(BRANCH_SALE, column, "TRUE"));
        assertThat(sales.value(sale, "offer")).isEqualTo(offer);
        assertThat(sales.value(sale, "discount_percentage")).isEqualTo(percent);
    }

    @Property(tries = 200)
    void computesThePriceExactly(
            @ForAll @IntRange(min = 1, max = 100_000) int units,
            @ForAll @BigRange(min = "0.01", max = "99999.99") @Scale(2) BigDecimal price,
            @ForAll @IntRange(max = 5) int offer) {
        SalesLines lines = new SalesLines();
        String line = lines.with(lines.with(BRANCH_SALE, "units", "" + units), "unit_price", price.toPlainString());
        Accepted sale = lines.accept(offer == 0 ? line : lines.with(line, "offer_" + offer, "True"));
        assertThat((BigDecimal) lines.value(sale, "total_paid_price"))
                .isEqualByComparingTo(price.multiply(BigDecimal.valueOf(units))
                        .multiply(BigDecimal.valueOf(100 - 5L * offer))
                        .divide(BigDecimal.valueOf(100)));
    }

    @Test
    void keepsAPriceOfFourDecimalsExactly() {
        String line = sales.with(sales.with(BRANCH_SALE, "units", "1"), "unit_price", "0.0001");
        assertThat(sales.value(sales.with(line, "offer_1", "True"), "total_paid_price"))
                .isEqualTo(new BigDecimal("0.000095"));
        line = sales.with(sales.with(BRANCH_SALE, "units", "1"), "unit_price", "19.995");
        assertThat(sales.value(sales.with(line, "offer_1", "True"), "total_paid_price"))
                .isEqualTo(new BigDecimal("18.995250"));
    }

    @Test
    void rejectsAPriceThatEighteenDigitsDoNotHoldAndShowsIt() {
        String line = sales.with(sales.with(BRANCH_SALE, "units", "1000"), "unit_price", "99999999999999");
        assertThat(sales.reject(line))
                .isEqualTo(new Rejected(
                        List.of("total_paid_price_inexact"),
                        "total_paid_price",
                        "99999999999999000.000000",
                        "Cannot accept total_paid_price: 99999999999999000.000000"
                                + " (allowed: a result that decimal(18,6) holds exactly)"));
    }

    @Test
    void waitsForAgentsAndBranchesThatAreNotKnown() {
        Rejected waiting = ((Waiting) sales.parse(sales.with(BRANCH_SALE, "branch_id", "9"))).reason();
        assertThat(waiting.codes()).containsExactly("branch_unknown");
        assertThat(waiting.column()).isEqualTo("branch_id");
        assertThat(waiting.value()).isEqualTo("9");
        assertThat(waiting.message()).isEqualTo("Cannot accept branch_id: 9 (allowed: a key of branch_dim)");
        assertThat(sales.fixes()).isEmpty();

        Waiting both =
                (Waiting) sales.parse(sales.with(sales.with(BRANCH_SALE, "branch_id", "9"), "sales_agent_id", "7"));
        assertThat(both.reason().codes()).containsExactly("sales_agent_unknown", "branch_unknown");
    }

    @Test
    void rejectsARecordThatIsWrongBesidesAnUnknownKey() {
        String line = sales.with(sales.with(BRANCH_SALE, "branch_id", "9"), "units", "0");
        assertThat(sales.reject(line).codes()).containsExactly("units_out_of_range", "branch_unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "transaction_date,,transaction_date_missing",
        "transaction_date,2023-2-29,transaction_date_invalid",
        "transaction_date,20-5-2023,transaction_date_invalid",
        "transaction_date,2023-05-02T00:00-05:00,transaction_date_invalid",
        "transaction_date,0202-05-20,transaction_date_out_of_range",
        "transaction_date,1999-12-31,transaction_date_out_of_range",
        "transaction_date,2099-12-31,transaction_date_out_of_range",
        "transaction_id,' ',transaction_id_missing",
        "customer_id,4a,customer_id_invalid",
        "customer_id,99999999999,customer_id_invalid",
        "customer_fname,,customer_fname_missing",
        "cusomter_lname,,customer_lname_missing",
        "sales_agent_id,x,sales_agent_id_invalid",
        "product_id,,product_id_missing",
        "product_name,,product_name_missing",
        "product_category,,product_category_missing",
        "offer_3,maybe,offer_3_invalid",
        "units,0,units_out_of_range",
        "units,-1,units_out_of_range",
        "units,1.5,units_invalid",
        "units,,units_missing",
        "unit_price,0,unit_price_out_of_range",
        "unit_price,0.0000,unit_price_out_of_range",
        "unit_price,-79.99,unit_price_out_of_range",
        "unit_price,79.99999,unit_price_invalid",
        "unit_price,1e3,unit_price_invalid",
        "unit_price,$79.99,unit_price_invalid",
        "is_online,perhaps,is_online_invalid",
        "is_online,,is_online_missing",
        "is_online,yes,online_contradiction",
        "payment_method,,payment_method_missing",
    })
    void rejectsABranchSaleWith(String column, String text, String code) {
        Rejected rejected = sales.reject(sales.with(BRANCH_SALE, column, text == null ? "" : text));
        assertThat(rejected.codes()).containsExactly(code);
        assertThat(sales.fixes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "shipping_address,,online_contradiction",
        "shipping_address,12 High Street,shipping_address_unsplittable",
        "shipping_address,Springfield/IL/01234,shipping_address_unsplittable",
        "shipping_address,/Springfield/IL/01234,online_contradiction",
        "sales_agent_id,3,online_contradiction",
        "branch_id,2,online_contradiction",
        "is_online,no,online_contradiction",
    })
    void rejectsAnOnlineSaleWith(String column, String text, String code) {
        assertThat(sales.reject(sales.with(ONLINE_SALE, column, text == null ? "" : text))
                        .codes())
                .containsExactly(code);
    }

    @Test
    void rejectsSeveralOffers() {
        String line = sales.with(sales.with(BRANCH_SALE, "offer_1", "True"), "offer_5", "True");
        Rejected rejected = sales.reject(line);
        assertThat(rejected.codes()).containsExactly("several_offers");
        assertThat(rejected.message()).contains("at most one of offer_1, offer_2, offer_3, offer_4, offer_5");
    }

    @Test
    void keepsTheSlashOfAStreetNumber() {
        Accepted sale = sales.accept(
                sales.with(ONLINE_SALE, "shipping_address", "421 1/2 6th Street Southeast/Washington/DC/20003"));
        assertThat(sales.value(sale, "shipping_address")).isEqualTo("421 1/2 6th Street Southeast");
        assertThat(sales.value(sale, "shipping_city")).isEqualTo("Washington");
        assertThat(sales.value(sale, "shipping_state")).isEqualTo("DC");
        assertThat(sales.value(sale, "shipping_postal_code")).isEqualTo("20003");
    }

    @Test
    void keepsAnAddressWithoutACity() {
        Accepted sale = sales.accept(sales.with(ONLINE_SALE, "shipping_address", "29 White Oak Drive / /VT/ 05465"));
        assertThat(sales.value(sale, "shipping_address")).isEqualTo("29 White Oak Drive");
        assertThat(sales.value(sale, "shipping_city")).isNull();
        assertThat(sales.value(sale, "shipping_postal_code")).isEqualTo("05465");
        assertThat(sales.fixes()).containsEntry("shipping_address_incomplete", 1L);
    }

    @Test
    void stripsEveryKindOfBlankFromThePartsOfAnAddress() {
        Accepted sale = sales.accept(
                sales.with(ONLINE_SALE, "shipping_address", "77 Juniper Way\u2003/ Boise\u00A0 /ID/83702"));
        assertThat(sales.value(sale, "shipping_address")).isEqualTo("77 Juniper Way");
        assertThat(sales.value(sale, "shipping_city")).isEqualTo("Boise");
    }

    @Test
    void reportsEveryBrokenRuleWithTheFirstsColumn() {
        String line =
                sales.with(sales.with(sales.with(BRANCH_SALE, "units", " 0"), "branch_id", "9"), "is_online", "?");
        assertThat(sales.reject(line))
                .isEqualTo(new Rejected(
                        List.of("units_out_of_range", "is_online_invalid", "branch_unknown"),
                        "units",
                        " 0",
                        "Cannot accept units:  0 (allowed: above 0); "
                                + "Cannot accept is_online: ? (allowed: one of [yes, True, 1] or [no, False, 0]); "
                                + "Cannot accept branch_id: 9 (allowed: a key of branch_dim)"));
    }

    @Test
    void trimsEveryValue() {
        Accepted sale = sales.accept(BRANCH_SALE.replace(",", "\u00A0 ,\t"));
        assertThat(sales.value(sale, "customer_fname")).isEqualTo("Ada");
        assertThat(sales.value(sale, "units")).isEqualTo(10);
        assertThat(sales.value(sale, "offer_1")).isEqualTo(false);
    }
}
