package com.qcompany.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.ResultTable;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyFigureTest {

    private static final ResultTable DAYS = SampleContent.content().result("sales_by_day");
    private static final ResultTable DAYS_BEFORE = SampleContent.content().daysBefore();

    @Test
    void comparesEachFigureWithThePeriodBefore() {
        assertThat(KeyFigure.of(DAYS, DAYS_BEFORE, BigDecimal.valueOf(1004)))
                .containsExactly(
                        figure("Sales", "1,500", "1,000", "+50.0 %"),
                        figure("Units sold", "4,000", "2,000", "+100.0 %"),
                        figure("Paid", "1,501", "2,000", "-25.0 %"),
                        new KeyFigure("Discount given", "15", Optional.of("0"), Optional.empty()),
                        figure("Share online", "20.0 %", "20.0 %", "+0.0 points"),
                        new KeyFigure("Rejected rows", "1,004", Optional.empty(), Optional.empty()));
    }

    @Test
    void comparesWithNothingWhereThereIsNoPeriodBefore() {
        assertThat(KeyFigure.of(DAYS, DAYS.head(0), BigDecimal.ZERO)).hasSize(6).allSatisfy(figure -> {
            assertThat(figure.before()).isEmpty();
            assertThat(figure.change()).isEmpty();
        });
    }

    @Test
    void countsRejectedRowsOfGroupsThatCameInThePeriodOnly() {
        assertThat(SampleContent.content().rejected()).isEqualByComparingTo("4");
    }

    private static KeyFigure figure(String name, String value, String before, String change) {
        return new KeyFigure(name, value, Optional.of(before), Optional.of(change));
    }
}
