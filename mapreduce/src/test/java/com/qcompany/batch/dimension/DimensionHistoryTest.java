package com.qcompany.batch.dimension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.batch.job.JobTables;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.SourceGroup;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DimensionHistoryTest {

    /** Ledger records of the groups of hours 0 to 9: the later the hour, the earlier it was recorded. */
    private static final GroupOrder ORDER = new GroupOrder(
            LongStream.range(0, 10)
                    .boxed()
                    .collect(Collectors.toMap(
                            DimensionHistoryTest::sequence,
                            hour -> new SourceGroup(
                                    LocalDateTime.of(2024, 7, 4, hour.intValue(), 0), "group" + hour, 1))),
            Set.of());

    private final DimensionHistory customers = new DimensionHistory(StarSchema.CUSTOMERS, ORDER);

    @Test
    void keepsAVersionForEveryChange() {
        List<Row> versions = merge(List.of(), seen(1, "Ann", null), seen(2, "Ann", null), seen(4, "Eve", null));

        assertThat(versions).extracting(DimensionHistoryTest::line).containsExactly("1 Ann 01..04 -", "2 Eve 04.. -");
    }

    @Test
    void lateOlderGroupSlotsIntoTheMiddle() {
        List<Row> known = merge(List.of(), seen(1, "Ann", null), seen(3, "Ann", null));

        List<Row> versions = merge(known, seen(2, "Eve", null));

        assertThat(versions)
                .extracting(DimensionHistoryTest::line)
                .containsExactly("1 Ann 01..02 -", "2 Eve 02..03 -", "3 Ann 03.. -");
    }

    @Test
    void repeatedGroupRevertsNobody() {
        List<Row> known = merge(List.of(), seen(1, "Ann", null), seen(2, "Eve", null));

        assertThat(merge(known, seen(1, "Ann", null))).isEqualTo(known);
    }

    @Test
    void ofOneGroupTheLastLineCounts() {
        assertThat(merge(List.of(), seen(1, "Eve", null, 90), seen(1, "Ann", null, 10)))
                .extracting(DimensionHistoryTest::line)
                .containsExactly("1 Eve 01.. -");
    }

    @Test
    void lastAddressIsTheLastInTheOrderOfTheSource() {
        List<Row> known = merge(List.of(), seen(1, "Ann", "Oak"), seen(3, "Eve", "Elm"));

        List<Row> versions = merge(known, seen(2, "Eve", "Ash"), seen(4, "Eve", null));

        assertThat(versions)
                .extracting(DimensionHistoryTest::line)
                .containsExactly("1 Ann 01..02 Elm", "2 Eve 02.. Elm");
    }

    @Test
    void aGroupThatIsNotKnownStopsTheMerge() {
        GroupOrder none = new GroupOrder(Map.of(), Set.of());

        assertThatThrownBy(() -> new DimensionHistory(StarSchema.CUSTOMERS, none)
                        .merge(List.of(), List.of(seen(1, "Ann", null))))
                .hasMessage("Cannot find group 99 in source_groups (run `q audit`)");
    }

    @Property(tries = 300)
    void isTheSameInAnyOrderSplitOrRepetition(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int groups) {
        Random random = new Random(seed);
        List<Row> observations = new ArrayList<>();
        for (int hour = 0; hour < groups; hour++) {
            String address = random.nextBoolean() ? "street " + hour : null;
            observations.add(seen(hour, random.nextBoolean() ? "Ann" : "Eve", address));
        }
        List<Row> atOnce = customers.merge(List.of(), observations);

        List<Row> arriving = new ArrayList<>(observations);
        arriving.add(observations.get(random.nextInt(groups)));
        Collections.shuffle(arriving, random);
        List<Row> versions = List.of();
        for (int from = 0; from < arriving.size(); ) {
            int to = Math.min(arriving.size(), from + 1 + random.nextInt(3));
            versions = customers.merge(versions, arriving.subList(from, to));
            from = to;
        }

        assertThat(versions).isEqualTo(atOnce);
        assertThat(versions.stream().filter(row -> row.require(Dimension.IS_CURRENT, Boolean.class)))
                .hasSize(1);
    }

    private List<Row> merge(List<Row> known, Row... shown) {
        return customers.merge(known, List.of(shown));
    }

    private static long sequence(long hour) {
        return 100 - hour;
    }

    private static Row seen(int hour, String name, String address) {
        return seen(hour, name, address, 5);
    }

    private static Row seen(int hour, String name, String address, long position) {
        return new Row(JobTables.observations(StarSchema.CUSTOMERS))
                .set("customer_id", 7)
                .set("customer_fname", name)
                .set("customer_lname", "Smith")
                .set("last_shipping_address", address)
                .set(JobTables.GROUP_SEQUENCE, sequence(hour))
                .set(JobTables.POSITION, position)
                .set(JobTables.OVERWRITTEN_POSITION, address == null ? -1 : position);
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
