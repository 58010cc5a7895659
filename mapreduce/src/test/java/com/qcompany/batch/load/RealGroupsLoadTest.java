package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The case study's own groups 1 to 3 give exactly the known answers. */
class RealGroupsLoadTest {

    private static final Path REAL = Path.of(System.getProperty("q.project.root", ".."), "../shared/data/real");

    @TempDir
    Path dir;

    private LocalWarehouse warehouse;

    @BeforeEach
    void copyGroups() throws IOException {
        assumeTrue(Files.isDirectory(REAL), "the real groups are not here");
        warehouse = new LocalWarehouse(dir);
        for (String group : List.of("group1", "group2", "group3")) {
            Path target = Files.createDirectories(warehouse.landing().resolve(group));
            try (Stream<Path> files = Files.list(REAL.resolve(group))) {
                for (Path file : files.toList()) {
                    Files.write(target.resolve(file.getFileName().toString()), Files.readAllBytes(file));
                }
            }
        }
    }

    @Test
    void hourByHourWithGroup3RecognisedAsGroup1() throws Exception {
        for (int hour = 0; hour < 3; hour++) {
            warehouse.ingest("2024-07-04-0" + hour);
            warehouse.load();
        }

        assertRightAnswers();
    }

    @Test
    void inOneLoadWithEverySaleOfGroup3ADuplicate() throws Exception {
        // One more agent makes it a new content, so that the job has to recognise the sales one by one.
        Files.writeString(
                warehouse.landing().resolve("group3/sales_agents_SS_raw_3.csv"),
                "11,New Agent,2024-1-9\r\n",
                StandardOpenOption.APPEND);
        for (int hour = 0; hour < 3; hour++) {
            warehouse.ingest("2024-07-04-0" + hour);
        }

        assertThat(warehouse.load()).isZero();

        Row run = warehouse.rows(StarSchema.LOAD_RUNS).get(0);
        // The sales, and the agents and branches of files whose content an earlier group brought.
        assertThat(run.get("rows_duplicate")).isEqualTo(1520L);
        assertThat(run.get("rows_rejected")).isEqualTo(0L);
        assertFacts();
        assertThat(current(StarSchema.SALES_AGENT_DIM)).hasSize(11);
    }

    private void assertRightAnswers() throws IOException {
        assertFacts();
        assertThat(current(StarSchema.SALES_AGENT_DIM)).hasSize(10);
        assertThat(current(StarSchema.BRANCH_DIM)).hasSize(5);
        assertThat(warehouse.rows(StarSchema.REJECTED_ROWS)).isEmpty();
    }

    private void assertFacts() throws IOException {
        List<Row> sales = warehouse.rows(StarSchema.SALES_TRANSACTIONS_FACT);
        assertThat(sales).hasSize(3000);
        assertThat(sales.stream()
                        .mapToInt(sale -> sale.require("units", Integer.class))
                        .sum())
                .isEqualTo(16_521);
        assertThat(paid(sales.stream())).isEqualByComparingTo("2821074.7745");
        assertThat(paid(sales.stream().filter(sale -> sale.require("is_online", Boolean.class))))
                .isEqualByComparingTo("943731.0335");
        assertThat(sales.stream().map(sale -> sale.text("transaction_date")).distinct())
                .hasSize(667);
        assertThat(current(StarSchema.CUSTOMER_DIM)).hasSize(101);
        assertThat(sales.stream()
                        .collect(Collectors.groupingBy(sale -> sale.get("discount_percentage"), Collectors.counting())))
                .isEqualTo(Map.of(0, 1512L, 5, 304L, 10, 286L, 15, 303L, 20, 303L, 25, 292L));
        assertThat(lowestCities(sales))
                .containsExactly(
                        "Smartsville CA 19.99",
                        "Northfield KY 19.992",
                        "Lynn Haven FL 28.4905",
                        "Grass Valley CA 29.99",
                        "Revere MA 39.99");
    }

    private static List<String> lowestCities(List<Row> sales) {
        Map<String, BigDecimal> byCity = sales.stream()
                .filter(sale -> sale.require("is_online", Boolean.class))
                .collect(Collectors.groupingBy(
                        sale -> Objects.requireNonNullElse(sale.get("shipping_city"), "(unknown)") + " "
                                + sale.text("shipping_state"),
                        Collectors.reducing(BigDecimal.ZERO, RealGroupsLoadTest::paid, BigDecimal::add)));
        assertThat(byCity).hasSize(193);
        return byCity.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .limit(5)
                .map(city -> city.getKey() + " "
                        + city.getValue().stripTrailingZeros().toPlainString())
                .toList();
    }

    private static BigDecimal paid(Stream<Row> sales) {
        return sales.map(RealGroupsLoadTest::paid).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal paid(Row sale) {
        return sale.require("total_paid_price", BigDecimal.class);
    }

    private List<Row> current(Table dimension) throws IOException {
        return warehouse.rows(dimension).stream()
                .filter(row -> row.require(Dimension.IS_CURRENT, Boolean.class))
                .toList();
    }
}
