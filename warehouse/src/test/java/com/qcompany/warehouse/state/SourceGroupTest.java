package com.qcompany.warehouse.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceGroupTest {

    @Test
    void ordersByHourThenNaturalNameThenVersion() {
        List<String> ordered = List.of(
                "2024-07-04-17/group9", "2024-07-04-18/group2", "2024-07-04-18/group2@2", "2024-07-04-18/group10");

        List<String> sorted = Arrays.asList(
                        "2024-07-04-18/group10",
                        "2024-07-04-18/group2@2",
                        "2024-07-04-17/group9",
                        "2024-07-04-18/group2")
                .stream()
                .map(SourceGroup::parse)
                .sorted()
                .map(SourceGroup::text)
                .toList();

        assertThat(sorted).isEqualTo(ordered);
    }

    @Test
    void isEqualOnlyToItself() {
        assertThat(SourceGroup.NATURAL_ORDER.compare("g01", "g1")).isNotZero();
        assertThat(SourceGroup.NATURAL_ORDER.compare("g", "g1")).isNegative();
        assertThat(SourceGroup.NATURAL_ORDER.compare("g2a10", "g2a9")).isPositive();
        assertThat(SourceGroup.NATURAL_ORDER.compare("g007", "g8")).isNegative();
        assertThat(SourceGroup.NATURAL_ORDER.compare("g99999999999999999999", "g100000000000000000000"))
                .isNegative();
        assertThat(SourceGroup.NATURAL_ORDER.compare("1", "a")).isNegative();
        assertThat(SourceGroup.NATURAL_ORDER.compare("g1", "g-1")).isNegative();
        assertThat(SourceGroup.NATURAL_ORDER.compare("-1", "1")).isNegative();
        assertThat(SourceGroup.NATURAL_ORDER.compare("g0", "g00a")).isNegative();
    }

    @Test
    void refusesWhatIsNoHour() {
        assertThat(SourceGroup.parseHour("2024-07-04-18")).isEqualTo(LocalDateTime.of(2024, 7, 4, 18, 0));
        assertThat(SourceGroup.parseHour("2024-07-04T18")).isEqualTo(SourceGroup.parseHour("2024-07-04-18"));
        assertThatThrownBy(() -> SourceGroup.parseHour("2024-02-30-18"))
                .hasMessage("Cannot parse hour: 2024-02-30-18 (expected uuuu-MM-dd-HH or uuuu-MM-ddTHH)");
    }
}
