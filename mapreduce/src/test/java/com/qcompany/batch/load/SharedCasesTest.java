package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries that went wrong once, and the case study's own groups in unlucky orders. */
class SharedCasesTest {
    private static final Path SHARED = Path.of(System.getProperty("q.project.root", ".."), "../shared");

    @TempDir
    Path dir;

    private LocalWarehouse warehouse;
    private int hour;

    @BeforeEach
    void openWarehouse() throws IOException {
        assumeTrue(Files.isDirectory(SHARED), "the shared inputs are not here");
        warehouse = new LocalWarehouse(dir);
    }

    @Test
    void aBadGroupRefusesItselfAndNotThoseAfterIt() throws Exception {
        deliver("cases/batch/gate-1-bad", "bad");
        assertThat(warehouse.load()).isEqualTo(ExitCode.CHECKS_FAILED.code());
        deliver("cases/batch/gate-2-good", "good2");
        assertThat(warehouse.load()).isZero();
        deliver("cases/batch/gate-3-good", "good3");
        assertThat(warehouse.load()).isZero();

        assertThat(groupsOfSales()).containsOnlyKeys("2024-07-05-01/good2", "2024-07-05-02/good3");
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS)).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("group_refused")).isEqualTo(true);
            assertThat(row.text("source_group")).isEqualTo("2024-07-05-00/bad");
        });
    }

    @Test
    void aBadGroupAmongGoodOnesIsRefusedHoweverManyTheyAre() throws Exception {
        deliver("cases/batch/gate-1-bad", "bad");
        deliver("cases/batch/gate-2-good", "good2");
        deliver("cases/batch/gate-3-good", "good3");

        assertThat(warehouse.load()).isEqualTo(ExitCode.CHECKS_FAILED.code());

        assertThat(groupsOfSales()).containsOnlyKeys("2024-07-05-01/good2", "2024-07-05-02/good3");
    }

    @Test
    void aCorrectedDeliveryTakesThePlaceOfTheRefusedOne() throws Exception {
        deliver("cases/batch/refused-then-corrected/first/gb1", "gb1");
        assertThat(warehouse.load()).isEqualTo(ExitCode.CHECKS_FAILED.code());
        replace("cases/batch/refused-then-corrected/second/gb1", "gb1");

        assertThat(warehouse.load()).isZero();

        assertThat(groupsOfSales()).containsOnlyKeys("2024-07-05-01/gb1@2");
        assertThat(warehouse.load()).isEqualTo(ExitCode.NOTHING_TO_DO.code());
    }

    @Test
    void theLastOfTwoPendingVersionsIsLoaded() throws Exception {
        deliver("cases/batch/refused-then-corrected/first/gb1", "gb1");
        replace("cases/batch/refused-then-corrected/second/gb1", "gb1");

        assertThat(warehouse.load()).isZero();

        assertThat(groupsOfSales()).containsOnlyKeys("2024-07-05-01/gb1@2");
    }

    @Test
    void aSaleWaitsForItsAgent() throws Exception {
        deliver("cases/batch/late-agent/first", "first");
        assertThat(warehouse.load()).isZero();
        List<Row> waiting = warehouse.rows(StarSchema.WAITING_ROWS);
        int loaded = warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT).size();
        assertThat(waiting).isNotEmpty();

        deliver("cases/batch/late-agent/later", "later");
        assertThat(warehouse.load()).isZero();

        assertThat(warehouse.rows(StarSchema.WAITING_ROWS)).isEmpty();
        assertThat(groupsOfSales().get("2024-07-05-00/first")).isEqualTo((long) loaded + waiting.size());
        deliver("cases/batch/late-agent/first", "again");
        assertThat(warehouse.load()).isEqualTo(ExitCode.NOTHING_TO_DO.code());
    }

    @Test
    void repeatedSalesTurnNobodyBack() throws Exception {
        deliver("data/real/group1", "group1");
        warehouse.load();
        deliver("data/real/group2", "group2");
        warehouse.load();
        Map<Object, String> before = customers();
        copy("data/real/group2", "mixed");
        Files.copy(
                SHARED.resolve("data/real/group1/sales_transactions_SS_raw_1.csv"),
                warehouse.landing().resolve("mixed/sales_transactions_SS_raw_1.csv"));
        Files.delete(warehouse.landing().resolve("mixed/sales_transactions_SS_raw_2.csv"));
        Files.writeString(
                warehouse.landing().resolve("mixed/sales_agents_SS_raw_2.csv"),
                "77,New Agent,2024-1-9\r\n",
                StandardOpenOption.APPEND);
        ingest();

        assertThat(warehouse.load()).isZero();

        assertThat(customers()).isEqualTo(before);
        assertThat(paid()).isEqualByComparingTo("2821074.7745");
    }

    @Test
    void lostKeysStopALoadBeforeItDoublesSales() throws Exception {
        loseAFileOf(StarSchema.TRANSACTION_KEYS);
    }

    @Test
    void lostVersionsOfCustomersStopALoad() throws Exception {
        loseAFileOf(StarSchema.CUSTOMER_DIM);
    }

    private void loseAFileOf(Table table) throws Exception {
        deliver("data/real/group1", "group1");
        warehouse.load();
        deliver("data/real/group2", "group2");
        warehouse.load();
        DataFile lost = warehouse.files(table).get(0);
        Files.delete(Path.of(lost.path().toUri()));
        deliver("data/real/group3", "group3");
        Files.writeString(
                warehouse.landing().resolve("group3/sales_agents_SS_raw_3.csv"),
                "77,New Agent,2024-1-9\r\n",
                StandardOpenOption.APPEND);
        ingest();

        assertThatThrownBy(() -> warehouse.load())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot trust " + table.name())
                .hasMessageContaining(lost.path().getName() + " is missing");
    }

    private Map<String, Long> groupsOfSales() throws IOException {
        Map<String, Long> groups = new TreeMap<>();
        for (Row sale : warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT)) {
            groups.merge(sale.text("source_group"), 1L, Long::sum);
        }
        return groups;
    }

    private Map<Object, String> customers() throws IOException {
        Map<Object, String> customers = new TreeMap<>();
        for (Row row : warehouse.rows(StarSchema.CUSTOMER_DIM)) {
            if (row.require(Dimension.IS_CURRENT, Boolean.class)) {
                customers.put(
                        row.get("customer_id"),
                        "%s %s %s %s"
                                .formatted(
                                        row.get("customer_fname"),
                                        row.get("customer_lname"),
                                        row.get("customer_email"),
                                        row.get("last_shipping_address")));
            }
        }
        return customers;
    }

    private BigDecimal paid() throws IOException {
        return warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT).stream()
                .map(sale -> sale.require("total_paid_price", BigDecimal.class))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void deliver(String source, String name) throws Exception {
        copy(source, name);
        ingest();
    }

    private void replace(String source, String name) throws Exception {
        try (Stream<Path> files = Files.list(warehouse.landing().resolve(name))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        deliver(source, name);
    }

    private void ingest() throws Exception {
        warehouse.ingest("2024-07-05-%02d".formatted(hour++));
    }

    private void copy(String source, String name) throws IOException {
        Path target = Files.createDirectories(warehouse.landing().resolve(name));
        try (Stream<Path> files = Files.list(SHARED.resolve(source))) {
            for (Path file : files.toList()) {
                Files.write(target.resolve(file.getFileName().toString()), Files.readAllBytes(file));
            }
        }
    }
}
