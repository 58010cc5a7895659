package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.qcompany.balance.Balance;
import com.qcompany.balance.Tally.Fate;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four sales that hour 11 corrects, of which hour 9 brings an older version late. */
@Tag("slow")
class CorrectionsTest {
    private static final Path CASES =
            Path.of(System.getProperty("q.project.root", ".."), "../shared/cases/batch/17-corrections");
    private static final Map<String, String> FOLDERS =
            Map.of("09", "hour09-group3-late", "10", "hour10-group1", "11", "hour11-group2");
    private static final LocalDate YESTERDAY = LocalDate.now(ZoneOffset.UTC).minusDays(1);

    @TempDir
    Path dir;

    private LocalWarehouse warehouse;

    @BeforeEach
    void openWarehouse() throws IOException {
        assumeTrue(Files.isDirectory(CASES), "the shared inputs are not here");
        warehouse = new LocalWarehouse(dir);
    }

    @Test
    void theCorrectionCountsAndTheLateOlderOneChangesNothing() throws Exception {
        load("10");
        load("11");
        Map<String, String> corrected = sales();
        assertThat(paid()).isEqualByComparingTo("3192.164");
        assertThat(corrected).hasSize(8).containsEntry("trx-917000000004", "2023-05-14 10 299.900000 11");
        assertThat(warehouse.rows(StarSchema.RESTATEMENTS))
                .extracting(row -> row.get("transaction_id"), row -> row.get("column_name"))
                .containsExactlyInAnyOrder(
                        tuple("trx-917000000001", "units"),
                        tuple("trx-917000000001", "total_paid_price"),
                        tuple("trx-917000000002", "unit_price"),
                        tuple("trx-917000000002", "total_paid_price"),
                        tuple("trx-917000000003", "offer"),
                        tuple("trx-917000000003", "discount_percentage"),
                        tuple("trx-917000000003", "total_paid_price"),
                        tuple("trx-917000000004", "transaction_date"));

        load("09");

        assertThat(sales()).isEqualTo(corrected);
        assertThat(warehouse.rows(StarSchema.RESTATEMENTS)).hasSize(8);
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS)).isEmpty();
        assertBalanced(8, 8, 8);
        warehouse.compact();
        assertThat(sales()).isEqualTo(corrected);
        assertBalanced(8, 8, 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"09 10 11", "09 11 10", "10 09 11", "11 10 09", "11 09 10"})
    void everyOrderOfArrivalEndsInTheSameSales(String hours) throws Exception {
        for (String hour : hours.split(" ")) {
            load(hour);
        }

        assertThat(paid()).isEqualByComparingTo("3192.164");
        assertThat(figures()).isEqualTo(figuresOfOneLoad());
        assertThat(warehouse.balance().differences()).isEmpty();
    }

    @Test
    void aVersionThatARepeatConfirmedIsNotSupersededByOneBetween() throws Exception {
        deliver("09", "hour10-group1");
        deliver("11", "hour10-group1", "repeated");
        warehouse.load();
        Map<String, String> before = figures();

        deliver("10", "hour11-group2");
        assertThat(warehouse.load()).isZero();

        assertThat(figures()).isEqualTo(before);
        assertThat(warehouse.balance().differences()).isEmpty();
    }

    @Test
    void aCorrectionOfAMergedSaleIsSeenOnceByOldAndNewQueries() throws Exception {
        load("10");
        warehouse.compact();
        load("11");

        assertThat(paid()).isEqualByComparingTo("3192.164");
        assertThat(warehouse.rows(StarSchema.SALES_BASE))
                .filteredOn(row -> row.get("removed_in") != null)
                .extracting(row -> row.get("transaction_id"))
                .containsExactlyInAnyOrder(
                        "trx-917000000001", "trx-917000000002", "trx-917000000003", "trx-917000000004");
        assertThat(warehouse.load()).isEqualTo(ExitCode.NOTHING_TO_DO.code());
    }

    private Map<String, String> figuresOfOneLoad() throws Exception {
        LocalWarehouse other = warehouse;
        warehouse = new LocalWarehouse(Files.createDirectory(dir.resolve("at-once")));
        for (String hour : List.of("09", "10", "11")) {
            deliver(hour, FOLDERS.get(hour));
        }
        warehouse.load();
        Map<String, String> figures = figures();
        warehouse = other;
        return figures;
    }

    private void assertBalanced(long facts, long duplicates, long superseded) throws Exception {
        Balance balance = warehouse.balance();
        assertThat(balance.differences()).isEmpty();
        assertThat(balance.total().count(Fate.FACT)).isEqualTo(facts);
        assertThat(balance.total().count(Fate.DUPLICATE)).isEqualTo(duplicates);
        assertThat(balance.total().count(Fate.SUPERSEDED)).isEqualTo(superseded);
    }

    /** Date, units, money and source hour by id. */
    private Map<String, String> sales() throws IOException {
        Map<String, String> sales = new TreeMap<>();
        for (Row sale : warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT)) {
            String hour = sale.text("source_group").substring("uuuu-MM-dd-".length(), "uuuu-MM-dd-HH".length());
            assertThat(sales.put(sale.text("transaction_id"), figures(sale) + " " + hour))
                    .isNull();
        }
        return sales;
    }

    private Map<String, String> figures() throws IOException {
        Map<String, String> figures = new TreeMap<>();
        for (Row sale : warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT)) {
            figures.put(sale.text("transaction_id"), figures(sale));
        }
        return figures;
    }

    private static String figures(Row sale) {
        return "%s %s %s".formatted(sale.get("transaction_date"), sale.get("units"), sale.get("total_paid_price"));
    }

    private BigDecimal paid() throws IOException {
        return warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT).stream()
                .map(sale -> sale.require("total_paid_price", BigDecimal.class))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void load(String hour) throws Exception {
        deliver(hour, FOLDERS.get(hour));
        assertThat(warehouse.load()).isZero();
    }

    private void deliver(String hour, String folder) throws Exception {
        deliver(hour, folder, folder);
    }

    private void deliver(String hour, String folder, String name) throws Exception {
        Path target = Files.createDirectories(warehouse.landing().resolve(name));
        try (Stream<Path> files = Files.list(CASES.resolve(folder))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                // A repeat with other line contents around it: its file is read, not known as sent again.
                boolean varied = name.equals("repeated") && file.toString().contains("transactions");
                Files.writeString(
                        target.resolve(file.getFileName().toString()),
                        varied ? text.replace("Tanabe", "Tanabé") : text);
            }
        }
        warehouse.ingest("%s-%s".formatted(YESTERDAY, hour));
    }
}
