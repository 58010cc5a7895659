package com.qcompany.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupGeneratorTest {

    private static final int ROWS = 1_500;

    @TempDir
    Path landing;

    @Test
    void givesTheSameBytesForTheSameSeedWhicheverOtherGroupsAreMade() throws IOException {
        GroupGenerator.of(7, 200).write(landing.resolve("a"), 1, 4);
        GroupGenerator.of(7, 200).write(landing.resolve("b"), 4, 1);
        GroupGenerator.of(8, 200).write(landing.resolve("c"), 4, 1);

        assertThat(sales("b", 4)).isEqualTo(sales("a", 4));
        assertThat(sales("c", 4)).isNotEqualTo(sales("a", 4));
    }

    @Test
    void repeatsTheFirstGroupUnderAnotherName() throws IOException {
        SalesTruth truth = GroupGenerator.of(7, 200).write(landing, 1, 3);

        assertThat(Files.readAllBytes(landing.resolve("group3/sales_transactions_SS_raw_3.csv")))
                .isEqualTo(Files.readAllBytes(landing.resolve("group1/sales_transactions_SS_raw_1.csv")));
        assertThat(truth).isEqualTo(GroupGenerator.of(7, 200).write(landing.resolve("two"), 1, 2));
    }

    @Test
    void countsAGroupThatRepeatsOneNotMadeAsItsOwn() throws IOException {
        assertThat(GroupGenerator.of(7, 200).write(landing, 3, 1).lines()).isEqualTo(200);
    }

    @Test
    void saysWhatAnIndependentReaderFindsInTheFiles() throws IOException {
        SalesTruth truth = new GroupGenerator(7, ROWS, 0, 3).write(landing, 1, 5);

        BigDecimal paid = BigDecimal.ZERO;
        BigDecimal online = BigDecimal.ZERO;
        long units = 0;
        Set<String> ids = new HashSet<>();
        Set<Integer> offers = new HashSet<>();
        for (int group : new int[] {1, 2, 4, 5}) {
            for (CSVRecord row : parse(group)) {
                int sold = Integer.parseInt(row.get("units"));
                BigDecimal price = new BigDecimal(row.get("unit_price"))
                        .multiply(BigDecimal.valueOf(sold))
                        .multiply(BigDecimal.valueOf(100 - 5 * offer(row)))
                        .movePointLeft(2);
                units += sold;
                paid = paid.add(price);
                online = row.get("is_online").equals("yes") ? online.add(price) : online;
                ids.add(row.get("transaction_id"));
                offers.add(offer(row));
            }
        }

        assertThat(truth.facts()).isEqualTo(4 * ROWS).isEqualTo(ids.size());
        assertThat(truth.units()).isEqualTo(units);
        assertThat(truth.totalPaid()).isEqualByComparingTo(paid);
        assertThat(truth.onlinePaid()).isEqualByComparingTo(online);
        assertThat(offers).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        assertThat(truth.unitsByProduct()).hasSize(30);
        assertThat(truth.rejected()).isZero();
        assertThat(truth.duplicates()).isZero();
    }

    @Test
    void touchesSomeSixHundredOfSixHundredAndSeventyTwoDatesAGroup() throws IOException {
        SalesTruth truth = GroupGenerator.of(7, ROWS).write(landing, 1, 2);

        assertThat(GroupGenerator.of(7, ROWS)
                        .write(landing.resolve("one"), 1, 1)
                        .dates())
                .hasSizeBetween(580, 640);
        assertThat(truth.dates()).hasSizeBetween(650, 672);
    }

    @Test
    void bringsEveryFlawAndCountsIt() throws IOException {
        SalesTruth truth = new GroupGenerator(7, ROWS, 0.05, 0).write(landing, 1, 1);

        assertThat(truth.rejectedBy().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Flaw.values()).map(Flaw::name).toList());
        assertThat(truth.lines()).isEqualTo(ROWS).isEqualTo(truth.facts() + truth.duplicates() + truth.rejected());
        assertThat(truth.duplicates()).isPositive();
        assertThat(sales("", 1).lines()).hasSize(ROWS + 1);
    }

    @Test
    void writesBranchSalesAFieldShortUnderCarriageReturnsAndUnpaddedDates() throws IOException {
        new GroupGenerator(7, ROWS, 0, 0).write(landing, 1, 1);

        String text = sales("", 1);

        assertThat(text).startsWith("transaction_date,").contains("cusomter_lname,cusomter_email");
        assertThat(text.split("\n")).allMatch(line -> line.endsWith("\r"));
        assertThat(parse(1)).allMatch(row -> row.size() == (row.get("is_online").equals("yes") ? 21 : 20));
        assertThat(parse(1)).anyMatch(row -> row.get("transaction_date").matches("\\d{4}-\\d-\\d"));
        assertThat(text)
                .contains("421 1/2 6th Street Southeast/Washington/DC/20003")
                .contains("\"\"\",");
    }

    @Test
    void givesACustomerOneNameInAGroupAndMostlyAnotherInTheNext() throws IOException {
        new GroupGenerator(7, ROWS, 0, 0).write(landing, 1, 2);

        Map<String, String> first = names(1);
        Map<String, String> second = names(2);

        assertThat(first).hasSize(Person.COUNT);
        assertThat(first.entrySet())
                .filteredOn(entry -> !entry.getValue().equals(second.get(entry.getKey())))
                .hasSizeGreaterThan(80);
    }

    @Test
    void bringsUnannouncedColumnsNewStaffAndChangedHireDates() throws IOException {
        new GroupGenerator(7, 50, 0, 0).write(landing, 1, 5);

        assertThat(sales("", 4).lines().findFirst().orElseThrow()).endsWith("payment_method,source,shipping_address");
        assertThat(sales("", 5).lines().findFirst().orElseThrow()).endsWith("shipping_address,logs");
        assertThat(parse(5)).allMatch(row -> row.get("logs").equals("sent, 1 attempt"));
        assertThat(Files.readAllLines(landing.resolve("group5/branches_SS_raw_5.csv")))
                .hasSize(7);
        List<String> before = Files.readAllLines(landing.resolve("group3/sales_agents_SS_raw_3.csv"));
        List<String> after = Files.readAllLines(landing.resolve("group4/sales_agents_SS_raw_4.csv"));
        assertThat(after).hasSize(before.size() + 1);
        assertThat(after).filteredOn(line -> !before.contains(line)).hasSize(2);
    }

    @Test
    void givesIdsThatNeverRepeat() {
        TransactionIds ids = new TransactionIds(3);
        Set<String> given = new HashSet<>();
        for (int group = 1; group <= 40; group++) {
            for (int row = 0; row < 1_000; row++) {
                given.add(ids.id(group, row));
            }
        }

        assertThat(given).hasSize(40_000).allMatch(id -> id.matches("trx-\\d{12}"));
    }

    @Test
    void refusesToOverwriteAFolder() throws IOException {
        GroupGenerator.of(7, 10).write(landing, 1, 1);

        assertThatThrownBy(() -> GroupGenerator.of(7, 10).write(landing, 1, 1))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("group1");
    }

    @Test
    void refusesMoreThanItCanMake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupGenerator.of(7, -1))
                .withMessage("Cannot generate groups of -1 rows (expected 0 to 10000000)");
        assertThatIllegalArgumentException().isThrownBy(() -> new GroupGenerator(7, 1, 0.6, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new GroupGenerator(7, 1, 0, 1));
    }

    private Map<String, String> names(int group) throws IOException {
        Map<String, String> names = new HashMap<>();
        for (CSVRecord row : parse(group)) {
            String name = row.get("customer_fname") + " " + row.get("cusomter_lname");
            assertThat(names.putIfAbsent(row.get("customer_id"), name)).isIn(null, name);
        }
        return names;
    }

    private static int offer(CSVRecord row) {
        for (int offer = 1; offer <= 5; offer++) {
            if (row.get("offer_" + offer).equals("True")) {
                return offer;
            }
        }
        return 0;
    }

    private List<CSVRecord> parse(int group) throws IOException {
        return CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(sales("", group)))
                .getRecords();
    }

    private String sales(String directory, int group) throws IOException {
        return Files.readString(
                landing.resolve(directory).resolve("group%d/sales_transactions_SS_raw_%d.csv".formatted(group, group)),
                StandardCharsets.ISO_8859_1);
    }
}
