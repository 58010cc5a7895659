package com.qcompany.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.MeasuredColumn;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ColumnMeasureTest {

    @Test
    void countsWhatThereIsAndWhatIsNot() {
        ColumnMeasure measure = measure("unit_price");
        for (String price : List.of("1.0000", "2.0000", "2.0000", "5.0000")) {
            measure.add(new BigDecimal(price));
        }
        measure.addBroken(List.of("unit_price_missing", "units_missing"));
        measure.addBroken(List.of("several_offers"));

        assertThat(values(measure))
                .containsEntry("completeness", "0.8")
                .containsEntry("distinct", "3")
                .containsEntry("min", "1")
                .containsEntry("max", "5")
                .containsEntry("mean", "2.5")
                .containsEntry("median", "2")
                .containsEntry("p95", "5")
                .doesNotContainKeys("top_values", "pattern_share", "reference_misses");
    }

    @Test
    void mergedPartsAreTheWhole() {
        ColumnMeasure whole = measure("product_name");
        ColumnMeasure merged = measure("product_name");
        ColumnMeasure part = measure("product_name");
        for (int i = 0; i < 5000; i++) {
            Object value = i % 3 == 0 ? "Boots" : i % 7 == 0 ? null : "Mug " + i;
            whole.add(value);
            part.add(value);
            if (i == 1234) {
                merged.add(part.row(0));
                part = measure("product_name");
            }
        }
        merged.add(part.row(0));

        assertThat(values(merged).get("completeness")).isEqualTo(values(whole).get("completeness"));
        assertThat(Double.parseDouble(values(merged).get("distinct"))).isCloseTo(2858, within(200.0));
        assertThat(values(merged).get("top_values")).startsWith("{\"Boots\":1667");
    }

    @Test
    void quantilesOfManyValuesAreNear() {
        ColumnMeasure measure = measure("units");
        for (int i = 1; i <= 20_000; i++) {
            measure.add(i);
        }

        assertThat(Double.parseDouble(values(measure).get("median"))).isCloseTo(10_000, within(600.0));
        assertThat(values(measure)).containsEntry("mean", "10000.5");
    }

    @Test
    void leavesOutWhatDoesNotFit() {
        ColumnMeasure measure = measure("unit_price");
        measure.add(new BigDecimal("1E+33"));
        measure.add(BigDecimal.ONE);

        assertThat(values(measure))
                .containsEntry("min", "1")
                .containsEntry("distinct", "2")
                .doesNotContainKeys("max", "mean", "p95");
    }

    @Test
    void datesHaveAFirstAndALastAndReferencesAreCounted() {
        ColumnMeasure dates = measure("transaction_date");
        dates.add(LocalDate.of(2024, 7, 4));
        dates.add(LocalDate.of(1999, 12, 31));
        ColumnMeasure branches = measure("branch_id");
        branches.addBroken(List.of("branch_unknown"));

        assertThat(values(dates)).containsEntry("min", "1999-12-31").containsEntry("max", "2024-07-04");
        assertThat(values(branches)).containsExactly(Map.entry("reference_misses", "1"));
    }

    @Test
    void keepsNoValuesOfPersons() {
        for (String column : List.of("customer_fname", "customer_lname", "customer_email", "shipping_address")) {
            ColumnMeasure measure = measure(column);
            measure.add("Ann");
            assertThat(values(measure))
                    .as(column)
                    .doesNotContainKey("top_values")
                    .containsEntry("distinct", "1");
        }
    }

    private static ColumnMeasure measure(String column) {
        MeasuredColumn measured =
                FeedCatalog.bundled().feed("sales_transactions").measured(column);
        return new ColumnMeasure(measured);
    }

    private static Map<String, String> values(ColumnMeasure measure) {
        return measure.metrics().stream()
                .collect(Collectors.toMap(
                        metric -> metric.text("metric"),
                        metric -> metric.get("metric_value") == null
                                ? metric.text("metric_text")
                                : Judgement.plain(metric.require("metric_value", BigDecimal.class))));
    }
}
