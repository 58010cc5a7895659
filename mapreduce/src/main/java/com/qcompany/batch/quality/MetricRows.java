package com.qcompany.batch.quality;

import com.qcompany.batch.feed.MeasuredColumn;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.util.List;

/** Rows of {@code quality_metrics}. */
public final class MetricRows {
    private MetricRows() {}

    /** A row a metric of what was measured of a file's column; group and run are left null. */
    public static List<Row> of(String feed, MeasuredColumn column, Row measured) {
        ColumnMeasure measure = new ColumnMeasure(column);
        measure.add(measured);
        return measure.metrics().stream()
                .map(metric -> new Row(StarSchema.QUALITY_METRICS)
                        .set("feed", feed)
                        .set("column_name", column.name())
                        .set("metric", metric.name())
                        .set("metric_value", metric.value())
                        .set("metric_text", metric.text())
                        .set("sketch", metric.sketch()))
                .toList();
    }
}
