package com.qcompany.batch.quality;

import com.qcompany.batch.feed.MeasuredColumn;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric of a column.
 *
 * @param sketch Apache DataSketches sketch in base64, where there is one
 */
public record Metric(String name, @Nullable BigDecimal value, @Nullable String text, @Nullable String sketch) {
    private static final int SCALE = 6;

    /** A row of {@code quality_metrics} a metric of what was measured of a file's column; group and run are left null. */
    public static List<Row> rows(String feed, MeasuredColumn column, Row measured) {
        ColumnMeasure measure = new ColumnMeasure(column);
        measure.add(measured);
        return measure.metrics().stream()
                .map(metric -> new Row(StarSchema.QUALITY_METRICS)
                        .set("feed", feed)
                        .set("column_name", column.name())
                        .set("metric", metric.name)
                        .set("metric_value", metric.value)
                        .set("metric_text", metric.text)
                        .set("sketch", metric.sketch))
                .toList();
    }

    static Metric of(String name, BigDecimal value) {
        return new Metric(name, value.setScale(SCALE, RoundingMode.HALF_UP), null, null);
    }

    static Metric share(String name, long part, long whole) {
        return of(name, BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), SCALE, RoundingMode.HALF_UP));
    }

    Metric withSketch(@Nullable String base64) {
        return new Metric(name, value, text, base64);
    }
}
