package com.qcompany.pages;

import static com.qcompany.pages.SampleContent.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.Report;
import com.qcompany.hive.Report.Subject;
import com.qcompany.pages.Chart.Drawing;
import com.qcompany.pages.Chart.Kind;
import com.qcompany.pages.Chart.Series;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartTest {

    @Test
    void keepsTheOrderOfBarsAndSaysWhichPartIsDrawn() {
        Drawing drawing = chart(Kind.BARS, "name id", "", "units", false)
                .draw(table("id#,name,units#", "9|Boots|5", "18|Boots|7", "1|Mug|1"), 2);

        assertThat(drawing.labels()).containsExactly("Boots 9", "Boots 18");
        assertThat(drawing.series()).containsExactly(series("units", "5", "7"));
        assertThat(drawing.part()).isEqualTo(", the first 2 of 3");
    }

    @Test
    void addsUpBarsOfOneNameExactlyAndOrdersThemBySum() {
        Drawing drawing = chart(Kind.BARS, "agent", "", "paid", false)
                .draw(table("agent,paid#", "Ann|0.1", "Bob|0.25", "Ann|0.2"), 9);

        assertThat(drawing.labels()).containsExactly("Ann", "Bob");
        assertThat(drawing.series()).containsExactly(series("paid", "0.3", "0.25"));
    }

    @Test
    void keepsTheOrderOfBarsThatReadAlike() {
        Drawing drawing = chart(Kind.BARS, "city state", "", "paid", false)
                .draw(table("city,state,paid#", "Lynn|MA|1", "Springfield IL||2", "Springfield|IL|30"), 2);

        assertThat(drawing.labels()).containsExactly("Lynn MA", "Springfield IL");
        assertThat(drawing.series()).containsExactly(series("paid", "1", "2"));
        assertThat(drawing.part()).isEqualTo(", the first 2 of 3");
    }

    @Test
    void runsFromLeftToRightInTime() {
        Drawing drawing = chart(Kind.LINE, "date hour", "", "events sales", true)
                .draw(table("date,hour#,events#,sales#", "2024-07-02|0|3|1", "2024-07-01|23|5|2"), 9);

        assertThat(drawing.labels()).containsExactly("2024-07-01 23", "2024-07-02 0");
        assertThat(drawing.series()).containsExactly(series("events", "5", "3"), series("sales", "2", "1"));
    }

    @Test
    void aLineHasNoPointWhereThereIsNoValue() {
        Drawing drawing = chart(Kind.LINE, "hour", "", "mean most", false)
                .draw(table("hour#,mean#,most#", "1|5|", "2|6|9"), Integer.MAX_VALUE);

        assertThat(drawing.series()).containsExactly(series("mean", "5", "6"), series("most", null, "9"));
    }

    @Test
    void leavesCellsWithoutARowEmpty() {
        Drawing drawing = chart(Kind.HEAT, "offer", "product", "sales", false)
                .draw(table("product,offer,sales#", "Mug|offer_2|4", "Pan|offer_1|3"), 9);

        assertThat(drawing.labels()).containsExactly("offer_1", "offer_2");
        assertThat(drawing.series()).containsExactly(series("Mug", null, "4"), series("Pan", "3", null));
    }

    @Test
    void saysWhichPartOfTheRowsOfCellsIsDrawn() {
        String[] rows = IntStream.range(0, 41).mapToObj(i -> i + "|offer_1|1").toArray(String[]::new);
        Drawing drawing =
                chart(Kind.HEAT, "offer", "product", "sales", false).draw(table("product,offer,sales#", rows), 9);

        assertThat(drawing.series()).hasSize(40);
        assertThat(drawing.part()).isEqualTo(", the first 40 of 41");
    }

    @Test
    void numbersTheWordsOfStates() {
        Drawing drawing = chart(Kind.STATES, "hour", "date", "state", false)
                .draw(
                        table(
                                "date,hour,state",
                                "2024-07-02|01|loaded",
                                "2024-07-02|01|refused",
                                "2024-07-01|23|refused",
                                "2024-07-01|01|loaded"),
                        24);

        assertThat(drawing.labels()).containsExactly("01", "23");
        assertThat(drawing.states()).containsExactly("loaded", "refused");
        assertThat(drawing.series()).containsExactly(series("2024-07-02", "0", null), series("2024-07-01", "0", "1"));
    }

    @Test
    void everyReportDrawsAndSumsColumnsThatItHas() {
        for (Report report : Report.about(Subject.SALES, Subject.EVENTS)) {
            Chart chart = Chart.of(report).orElseThrow();
            assertThat(chart.unit()).as(report.name()).isNotBlank();
            assertThat(SqlLineage.of(report).keySet())
                    .as(report.name())
                    .containsAll(Stream.of(
                                    chart.label(),
                                    chart.row(),
                                    chart.value(),
                                    Chart.words(report.page().get("totals")))
                            .flatMap(List::stream)
                            .toList());
        }
    }

    private static Chart chart(Kind kind, String label, String row, String value, boolean newestFirst) {
        return new Chart(kind, Chart.words(label), Chart.words(row), Chart.words(value), "unit", newestFirst);
    }

    private static Series series(String name, String... values) {
        return new Series(
                name,
                Arrays.stream(values)
                        .map(value -> value == null ? null : new BigDecimal(value))
                        .toList());
    }
}
