package com.qcompany.batch.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real groups 1 to 3, where the machine has them. */
class RealGroupsTest {

    private static final int MAX_RECORD_BYTES = 1 << 20;

    private final FeedCatalog catalog = FeedCatalog.bundled();
    private final Feed sales = catalog.feed("sales_transactions");
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Set<Object> agents = new HashSet<>();
    private final Set<Object> branches = new HashSet<>();
    private final Map<Object, Object[]> saleById = new LinkedHashMap<>();
    private final Map<String, Long> fixes = new TreeMap<>();

    @BeforeEach
    void readGroups() throws IOException {
        Path real = Path.of(System.getProperty("q.project.root", ".."), "../shared/data/real");
        assumeThat(real).isDirectory();
        for (int group = 1; group <= 3; group++) {
            Path folder = real.resolve("group" + group);
            for (Object[] agent : accepted(folder.resolve("sales_agents_SS_raw_%d.csv".formatted(group)))) {
                agents.add(agent[0]);
            }
            for (Object[] branch : accepted(folder.resolve("branches_SS_raw_%d.csv".formatted(group)))) {
                branches.add(branch[0]);
            }
            List<Object[]> lines = accepted(folder.resolve("sales_transactions_SS_raw_%d.csv".formatted(group)));
            assertThat(lines).hasSize(1500);
            lines.forEach(sale -> saleById.put(value(sale, "transaction_id"), sale));
        }
    }

    @Test
    void givesTheRightTotals() {
        assertThat(agents).hasSize(10);
        assertThat(branches).hasSize(5);
        assertThat(saleById).hasSize(3000);
        assertThat(saleById.values().stream()
                        .mapToInt(sale -> (Integer) value(sale, "units"))
                        .sum())
                .isEqualTo(16_521);
        assertThat(paid(saleById.values())).isEqualByComparingTo("2821074.7745");
        assertThat(paid(saleById.values().stream()
                        .filter(sale -> (Boolean) value(sale, "is_online"))
                        .toList()))
                .isEqualByComparingTo("943731.0335");
        assertThat(distinct("transaction_date")).hasSize(667).allMatch(LocalDate.class::isInstance);
        assertThat(distinct("customer_id")).hasSize(101);
    }

    @Test
    void givesEachOfferItsDiscount() {
        assertThat(saleById.values().stream()
                        .collect(Collectors.groupingBy(
                                sale -> value(sale, "discount_percentage"), Collectors.counting())))
                .isEqualTo(Map.of(0, 1512L, 5, 304L, 10, 286L, 15, 303L, 20, 303L, 25, 292L));
    }

    @Test
    void findsTheCitiesThatBuyLeastOnline() {
        Map<String, BigDecimal> byCity = new HashMap<>();
        saleById.values().stream()
                .filter(sale -> (Boolean) value(sale, "is_online"))
                .forEach(sale -> byCity.merge(
                        value(sale, "shipping_city") + " " + value(sale, "shipping_state"),
                        (BigDecimal) value(sale, "total_paid_price"),
                        BigDecimal::add));
        assertThat(byCity).hasSize(193);
        assertThat(byCity.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                        .limit(5)
                        .map(Object::toString))
                .containsExactly(
                        "Smartsville CA=19.990000",
                        "Northfield KY=19.992000",
                        "Lynn Haven FL=28.490500",
                        "Grass Valley CA=29.990000",
                        "Revere MA=39.990000");
    }

    @Test
    void keepsSalesWhoseAddressHasNoCity() {
        assertThat(saleById.values().stream()
                        .filter(sale -> (Boolean) value(sale, "is_online") && value(sale, "shipping_city") == null))
                .hasSize(4)
                .allSatisfy(sale -> assertThat(value(sale, "shipping_state")).isEqualTo("VT"));
        assertThat(fixes).containsEntry("shipping_address_incomplete", 8L);
    }

    @Test
    void freesEveryEmailOfItsJunk() {
        assertThat(saleById.values()).allSatisfy(sale -> assertThat((String) value(sale, "customer_email"))
                .matches("[a-z]+\\.[a-z]+@(gmail|yahoo|hotmail|outlook)\\.com"));
        assertThat(fixes).containsEntry("trailing_columns_left_out", 3000L).doesNotContainKey("email_unreadable");
        assertThat(fixes.get("email_cleaned") + fixes.get("text_trimmed")).isEqualTo(4500);
    }

    private List<Object[]> accepted(Path file) throws IOException {
        Feed feed = catalog.feedOf(file.getFileName().toString()).orElseThrow();
        List<Object[]> values = new ArrayList<>();
        RecordScan scan;
        try (InputStream in = Files.newInputStream(file)) {
            scan = RecordScan.of(in, file.toString(), MAX_RECORD_BYTES);
        }
        FeedHeader header = FeedHeader.bind(feed, file.toString(), scan.header());
        FeedParser parser =
                new FeedParser(header, (table, key) -> (table.equals("branch_dim") ? branches : agents).contains(key));
        try (CsvRecordReader records =
                new CsvRecordReader(Files.newInputStream(file), 0, Files.size(file), false, MAX_RECORD_BYTES)) {
            assertThat(records.next()).isTrue();
            while (records.next()) {
                Outcome outcome = parser.parse(records);
                assertThat(outcome)
                        .as("%s", outcome instanceof Rejected r ? r : "")
                        .isInstanceOf(Accepted.class);
                values.add(((Accepted) outcome).values());
            }
        }
        parser.drainFixes((code, count) -> fixes.merge(code, count, Long::sum));
        return values;
    }

    private Object value(Object[] sale, String column) {
        return sale[indexes.computeIfAbsent(column, sales::indexOf)];
    }

    private Set<Object> distinct(String column) {
        return saleById.values().stream().map(sale -> value(sale, column)).collect(Collectors.toSet());
    }

    private BigDecimal paid(Iterable<Object[]> some) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Object[] sale : some) {
            sum = sum.add((BigDecimal) value(sale, "total_paid_price"));
        }
        return sum;
    }
}
