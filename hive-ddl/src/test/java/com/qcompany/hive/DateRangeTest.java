package com.qcompany.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DateRangeTest {

    @Test
    void includesBothEnds() {
        assertThat(DateRange.parse("2024-02-28", "2024-03-01").days())
                .containsExactly(LocalDate.of(2024, 2, 28), LocalDate.of(2024, 2, 29), LocalDate.of(2024, 3, 1));
    }

    @Test
    void isOpenWhereAnEndIsLeftOut() {
        assertThat(DateRange.parse(null, null)).isEqualTo(DateRange.ALWAYS);
        assertThat(DateRange.parse("2024-07-04", null).to()).isEqualTo(DateRange.ALWAYS.to());
    }

    @Test
    void refusesTextThatIsNoDateAndEndsInTheWrongOrder() {
        assertThatThrownBy(() -> DateRange.parse("2023-02-29"))
                .hasMessage("Cannot parse date: 2023-02-29 (expected uuuu-MM-dd)");
        assertThatThrownBy(() -> DateRange.parse("0000-12-31"))
                .hasMessage("Cannot use date: 0000-12-31 (expected one from 0001-01-01 to 9999-12-31)");
        assertThatThrownBy(() -> DateRange.parse("2024-07-05", "2024-07-04"))
                .hasMessage("Cannot use dates 2024-07-05 to 2024-07-04 (expected the first not after the last)");
    }

    @Test
    void hasAsManyDaysBeforeItUnlessAnEndIsOpen() {
        assertThat(DateRange.parse("2024-03-01", "2024-03-07").before())
                .contains(DateRange.parse("2024-02-23", "2024-02-29"));
        assertThat(DateRange.parse("2024-03-01", null).before()).isEmpty();
        assertThat(DateRange.parse(null, "2024-03-01").before()).isEmpty();
    }

    @Test
    void saysWhichDaysItHas() {
        assertThat(DateRange.ALWAYS.words()).isEqualTo("all dates");
        assertThat(DateRange.parse("2024-03-01", "2024-03-01").words()).isEqualTo("2024-03-01");
        assertThat(DateRange.parse("2024-03-01", "2024-03-07").words()).isEqualTo("2024-03-01 to 2024-03-07");
        assertThat(DateRange.parse("2024-03-01", null).words()).isEqualTo("2024-03-01 on");
        assertThat(DateRange.parse(null, "2024-03-07").words()).isEqualTo("dates up to 2024-03-07");
    }

    @Test
    void containsBothEnds() {
        DateRange week = DateRange.parse("2024-03-01", "2024-03-07");
        assertThat(week.contains(week.from())).isTrue();
        assertThat(week.contains(week.to())).isTrue();
        assertThat(week.contains(week.to().plusDays(1))).isFalse();
    }
}
