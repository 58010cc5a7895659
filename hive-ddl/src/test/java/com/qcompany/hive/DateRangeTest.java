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
        assertThatThrownBy(() -> DateRange.parse("2024-07-05", "2024-07-04"))
                .hasMessage("Cannot use dates 2024-07-05 to 2024-07-04 (expected the first not after the last)");
    }
}
