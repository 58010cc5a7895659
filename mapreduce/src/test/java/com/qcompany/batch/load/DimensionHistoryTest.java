package com.qcompany.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.SourceGroup;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DimensionHistoryTest {

    private final DimensionHistory customers = new DimensionHistory(StarSchema.CUSTOMERS);

    @Test
    void keepsAVersionForEveryChange() {
        List<Row> versions = customers.merge(List.of(seen(1, "Ann", null), seen(2, "Ann", null), seen(4, "Eve", null)));

        assertThat(versions).extracting(DimensionHistoryTest::line).containsExactly("1 Ann 01..04 -", "2 Eve 04.. -");
    }

    @Test
    void lateOlderGroupSlotsIntoTheMiddle() {
        List<Row> known = customers.merge(List.of(seen(1, "Ann", null), seen(3, "Ann", null)));

        List<Row> versions = customers.merge(concat(known, List.of(seen(2, "Eve", null))));

        assertThat(versions)
                .extracting(DimensionHistoryTest::line)
                .containsExactly("1 Ann 01..02 -", "2 Eve 02..03 -", "3 Ann 03.. -");
    }

    @Test
    void repeatedGroupRevertsNobody() {
        List<Row> known = customers.merge(List.of(seen(1, "Ann", null), seen(2, "Eve", null)));

        assertThat(customers.merge(concat(known, List.of(seen(1, "Ann", null)))))
                .isEqualTo(known);
    }

    @Test
    void lastAddressIsTheLastInTheOrderOfTheSource() {
        List<Row> known = customers.merge(List.of(seen(1, "Ann", "Oak"), seen(3, "Eve", "Elm")));

        List<Row> versions = customers.merge(concat(known, List.of(seen(2, "Eve", "Ash"), seen(4, "Eve", null))));

        assertThat(versions)
                .extracting(DimensionHistoryTest::line)
                .containsExactly("1 Ann 01..02 Elm", "2 Eve 02.. Elm");
    }

    @Property(tries = 300)
    void isTheSameInAnyOrderSplitOrRepetition(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int groups) {
        Random random = new Random(seed);
        List<Row> observations = new ArrayList<>();
        for (int hour = 0; hour < groups; hour++) {
            String address = random.nextBoolean() ? "street " + hour : null;
            observations.add(seen(hour, random.nextBoolean() ? "Ann" : "Eve", address));
        }
        List<Row> atOnce = customers.merge(observations);

        List<Row> arriving = new ArrayList<>(observations);
        arriving.add(observations.get(random.nextInt(groups)));
        Collections.shuffle(arriving, random);
        List<Row> versions = List.of();
        for (int from = 0; from < arriving.size(); ) {
            int to = Math.min(arriving.size(), from + 1 + random.nextInt(3));
            versions = customers.merge(concat(versions, arriving.subList(from, to)));
            from = to;
        }

        assertThat(versions).isEqualTo(atOnce);
        assertThat(versions.stream().filter(row -> row.require(Dimension.IS_CURRENT, Boolean.class)))
                .hasSize(1);
    }

    private static List<Row> concat(List<Row> left, List<Row> right) {
        List<Row> all = new ArrayList<>(left);
        all.addAll(right);
        return all;
    }

    private static Row seen(int hour, String name, String address) {
        String group = new SourceGroup(LocalDateTime.of(2024, 7, 4, hour, 0), "group" + hour, 1).text();
        return new Row(StarSchema.CUSTOMER_DIM)
                .set("customer_id", 7)
                .set("customer_fname", name)
                .set("customer_lname", "Smith")
                .set("last_shipping_address", address)
                .set("last_shipping_seen_in", address == null ? null : group)
                .set(Dimension.SEEN_IN, List.of(group));
    }

    private static String line(Row row) {
        Object to = row.get(Dimension.VALID_TO);
        return "%d %s %02d..%s %s"
                .formatted(
                        row.require(Dimension.VERSION_NUMBER, Integer.class),
                        row.text("customer_fname"),
                        row.require(Dimension.VALID_FROM, LocalDateTime.class).getHour(),
                        to == null ? "" : "%02d".formatted(((LocalDateTime) to).getHour()),
                        row.get("last_shipping_address") == null ? "-" : row.get("last_shipping_address"));
    }
}
