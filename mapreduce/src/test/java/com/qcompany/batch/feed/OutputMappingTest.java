package com.qcompany.batch.feed;

import static com.qcompany.batch.feed.SalesLines.BRANCH_SALE;
import static com.qcompany.batch.feed.SalesLines.ONLINE_SALE;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.job.JobTables;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutputMappingTest {

    private final SalesLines sales = new SalesLines();
    private final List<OutputMapping> mappings =
            FeedCatalog.bundled().feed("sales_transactions").mappings();
    private final OutputMapping customers = mappings.get(0);
    private final OutputMapping products = mappings.get(1);
    private final OutputMapping facts = mappings.get(2);

    @Test
    void makesARowOfEachTable() {
        Row record = record(ONLINE_SALE);
        assertThat(customers.row(record))
                .isEqualTo(new Row(StarSchema.CUSTOMER_DIM)
                        .set("customer_id", 85470)
                        .set("customer_fname", "Max")
                        .set("customer_lname", "Moore")
                        .set("customer_email", "max.moore@yahoo.com")
                        .set("last_shipping_address", "12 High Street")
                        .set("last_shipping_city", "Springfield")
                        .set("last_shipping_state", "IL")
                        .set("last_shipping_postal_code", "01234"));
        assertThat(products.row(record))
                .isEqualTo(new Row(StarSchema.PRODUCT_DIM)
                        .set("product_id", 22)
                        .set("product_name", "Coffee Maker")
                        .set("product_category", "Appliances"));
        assertThat(facts.row(record))
                .isEqualTo(new Row(StarSchema.SALES_TRANSACTIONS_FACT)
                        .set("transaction_date", "2023-05-20")
                        .set("transaction_id", "trx-2")
                        .set("customer_id", 85470)
                        .set("product_id", 22)
                        .set("units", 3)
                        .set("unit_price", new BigDecimal("79.9900"))
                        .set("offer", 4)
                        .set("discount_percentage", 20)
                        .set("total_paid_price", new BigDecimal("191.976000"))
                        .set("is_online", true)
                        .set("payment_method", "PayPal")
                        .set("shipping_address", "12 High Street")
                        .set("shipping_city", "Springfield")
                        .set("shipping_state", "IL")
                        .set("shipping_postal_code", "01234"));
    }

    @Test
    void tellsKeys() {
        Accepted sale = sales.accept(BRANCH_SALE);
        assertThat(facts.keyColumn()).isEqualTo("transaction_id");
        assertThat(facts.key(sale.values())).isEqualTo("trx-1");
        assertThat(customers.keyColumn()).isEqualTo("customer_id");
        assertThat(customers.key(sale.values())).isEqualTo(85469);
    }

    @Test
    void tellsWhichFieldFillsAColumn() {
        Feed feed = FeedCatalog.bundled().feed("sales_transactions");
        assertThat(customers.fieldOf("last_shipping_city")).isEqualTo(feed.indexOf("shipping_city"));
        assertThat(customers.fieldOf("valid_from")).isEqualTo(-1);
        assertThat(facts.fieldOf("run_id")).isEqualTo(-1);
    }

    @Test
    void givesEqualSalesTheSameDigest() {
        assertThat(digest(BRANCH_SALE))
                .isEqualTo(digest(BRANCH_SALE))
                .isEqualTo(digest(sales.with(BRANCH_SALE, "unit_price", " 79.990")))
                .isEqualTo(digest(sales.with(BRANCH_SALE, "transaction_date", "2023-05-02")))
                .isEqualTo(digest(sales.with(BRANCH_SALE, "cusomter_email", "other@gmail.com")))
                .isEqualTo(digest(BRANCH_SALE + ","));
    }

    @Test
    void keepsTheDigestOverReleases() {
        assertThat(List.of(digest(BRANCH_SALE), digest(sales.with(ONLINE_SALE, "payment_method", "Überweisung"))))
                .containsExactly(6252413345459353584L, 7566060569353041261L);
    }

    @Test
    void givesEveryOtherSaleAnotherDigest() {
        Set<Long> digests = new HashSet<>(List.of(digest(BRANCH_SALE), digest(ONLINE_SALE)));
        List<String> changed = List.of(
                sales.with(BRANCH_SALE, "transaction_date", "2023-5-3"),
                sales.with(BRANCH_SALE, "transaction_id", "trx-3"),
                sales.with(BRANCH_SALE, "customer_id", "85468"),
                sales.with(BRANCH_SALE, "sales_agent_id", "3"),
                sales.with(BRANCH_SALE, "sales_agent_id", ""),
                sales.with(BRANCH_SALE, "branch_id", ""),
                sales.with(BRANCH_SALE, "product_id", "1"),
                sales.with(BRANCH_SALE, "offer_1", "True"),
                sales.with(BRANCH_SALE, "units", "100"),
                sales.with(BRANCH_SALE, "unit_price", "79.98"),
                sales.with(BRANCH_SALE, "payment_method", "Cash2"),
                sales.with(ONLINE_SALE, "shipping_address", "12 High Street/S/pringfield/IL/01234"),
                sales.with(ONLINE_SALE, "shipping_address", "12 High Street/Springfield/IL/01235"));
        changed.forEach(line -> digests.add(digest(line)));
        assertThat(digests).hasSize(changed.size() + 2);
    }

    private long digest(String line) {
        return facts.digest(facts.row(record(line)));
    }

    private Row record(String line) {
        FeedCatalog feeds = FeedCatalog.bundled();
        return JobTables.row(JobTables.of(feeds).of(feeds.feed("sales_transactions")), sales.accept(line), 0, 1);
    }
}
