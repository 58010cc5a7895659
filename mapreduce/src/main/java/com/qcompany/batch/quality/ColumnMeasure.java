package com.qcompany.batch.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.qcompany.batch.feed.MeasuredColumn;
import com.qcompany.batch.feed.Outcome;
import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.feed.Outcome.Waiting;
import com.qcompany.batch.job.JobTables;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import com.qcompany.warehouse.schema.StarSchema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.datasketches.common.ArrayOfStringsSerDe;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of one column of a file. Measures of parts of the file are merged into one of the whole.
 * Not thread-safe.
 */
public final class ColumnMeasure {
    /** Distinct counts are right to 2.3 percent, at 1 KiB a sketch. */
    private static final int HLL_LG_K = 11;
    /** Values of which the counts are exact; of more, a value that makes a hundredth of all is found. */
    private static final int TOP_MAP_SIZE = 128;

    private static final int TOP_VALUES = 5;
    private static final int LONGEST_TOP_VALUE = 100;
    private static final int SCALE = 6;
    /** Of {@code metric_value}. */
    private static final int MAX_DIGITS = 38;

    /** Column of {@code quality_metrics}: an Apache DataSketches sketch in base64, where there is one. */
    private static final String SKETCH = "sketch";

    private static final ArrayOfStringsSerDe TEXTS = new ArrayOfStringsSerDe();
    private static final JsonMapper JSON = new JsonMapper();

    private final MeasuredColumn column;
    private final Union distinct = new Union(HLL_LG_K);
    private final KllDoublesSketch quantiles = KllDoublesSketch.newHeapInstance();
    private final ItemsSketch<String> top = new ItemsSketch<>(TOP_MAP_SIZE);
    private long present;
    private long absent;
    private long malformed;
    private long referenceMisses;
    private @Nullable BigDecimal least;
    private @Nullable BigDecimal greatest;
    private BigDecimal sum = BigDecimal.ZERO;

    public ColumnMeasure(MeasuredColumn column) {
        this.column = column;
    }

    /** Adds the value of an accepted record. */
    void add(@Nullable Object value) {
        if (value == null) {
            absent++;
            return;
        }
        present++;
        String text = value.toString();
        distinct.update(text);
        if (column.topValues()) {
            top.update(text.substring(0, Math.min(text.length(), LONGEST_TOP_VALUE)));
        }
        if (column.kind() == Kind.DATE) {
            stretch(BigDecimal.valueOf(((LocalDate) value).toEpochDay()));
        } else if (column.amount()) {
            BigDecimal number = value instanceof BigDecimal decimal ? decimal : new BigDecimal(text);
            stretch(number);
            sum = sum.add(number);
            quantiles.update(number.doubleValue());
        }
    }

    /** Adds what became of a record. */
    public void addRecord(Outcome outcome) {
        if (column.isWhole()) {
            present++;
        } else if (outcome instanceof Accepted accepted) {
            add(accepted.values()[column.field()]);
        } else if (outcome instanceof Rejected rejected) {
            addBroken(rejected.codes());
        } else if (outcome instanceof Waiting waiting) {
            addBroken(waiting.reason().codes());
        }
    }

    /** Adds a record that breaks rules or waits. */
    void addBroken(Collection<String> codes) {
        absent += codes.contains(column.missingCode()) ? 1 : 0;
        malformed += codes.contains(column.malformedCode()) ? 1 : 0;
        referenceMisses += column.references().stream().anyMatch(codes::contains) ? 1 : 0;
    }

    /** Adds what was measured of another part of the file. */
    public void add(Row measured) {
        present += measured.require("present", Long.class);
        absent += measured.require("absent", Long.class);
        malformed += measured.require("malformed", Long.class);
        referenceMisses += measured.require("reference_misses", Long.class);
        if (measured.get("least") != null) {
            stretch(new BigDecimal(measured.text("least")));
            stretch(new BigDecimal(measured.text("greatest")));
        }
        sum = sum.add(new BigDecimal(measured.text("sum")));
        distinct.update(HllSketch.heapify(bytes(measured, "distinct_sketch")));
        quantiles.merge(KllDoublesSketch.heapify(Memory.wrap(bytes(measured, "quantiles_sketch"))));
        top.merge(ItemsSketch.getInstance(Memory.wrap(bytes(measured, "top_sketch")), TEXTS));
    }

    /** The row of {@code column_measures}. */
    public Row row(int file) {
        return new Row(JobTables.COLUMN_MEASURES)
                .set("file", file)
                .set("column_name", column.name())
                .set("present", present)
                .set("absent", absent)
                .set("malformed", malformed)
                .set("reference_misses", referenceMisses)
                .set("least", least == null ? null : least.toPlainString())
                .set("greatest", greatest == null ? null : greatest.toPlainString())
                .set("sum", sum.toPlainString())
                .set("distinct_sketch", distinctSketch())
                .set("quantiles_sketch", base64(quantiles.toByteArray()))
                .set("top_sketch", base64(top.toByteArray(TEXTS)));
    }

    /** The column's name. */
    public String name() {
        return column.name();
    }

    /** Records without a value. */
    public long absent() {
        return absent;
    }

    /** The metrics that are numbers, by name. */
    public Map<String, BigDecimal> numbers() {
        Map<String, BigDecimal> numbers = new HashMap<>();
        for (Row metric : metrics()) {
            if (metric.get("metric_value") != null) {
                numbers.put(metric.text("metric"), metric.require("metric_value", BigDecimal.class));
            }
        }
        return numbers;
    }

    /** A row of {@code quality_metrics} a metric, those of values only where there is one that fits; feed, group and run are left null. */
    public List<Row> metrics() {
        if (column.isWhole()) {
            return List.of(number(MeasuredColumn.RECORDS, BigDecimal.valueOf(present)));
        }
        List<Row> metrics = new ArrayList<>();
        long filled = present + malformed;
        if (filled + absent > 0) {
            metrics.add(share(MeasuredColumn.COMPLETENESS, filled, filled + absent));
        }
        if (present > 0) {
            metrics.add(number(MeasuredColumn.DISTINCT, new BigDecimal(Math.round(distinct.getEstimate())))
                    .set(SKETCH, distinctSketch()));
            addOrdered(metrics);
        }
        if (column.pattern() && filled > 0) {
            metrics.add(share(MeasuredColumn.PATTERN_SHARE, present, filled));
        }
        if (!column.references().isEmpty()) {
            metrics.add(number(MeasuredColumn.REFERENCE_MISSES, BigDecimal.valueOf(referenceMisses)));
        }
        if (column.topValues() && present > 0) {
            metrics.add(text("top_values", topValues()).set(SKETCH, base64(top.toByteArray(TEXTS))));
        }
        metrics.removeIf(metric -> metric.get("metric_value") == null && metric.get("metric_text") == null);
        return metrics;
    }

    private void addOrdered(List<Row> metrics) {
        BigDecimal min = Objects.requireNonNullElse(least, BigDecimal.ZERO);
        BigDecimal max = Objects.requireNonNullElse(greatest, BigDecimal.ZERO);
        if (column.kind() == Kind.DATE) {
            metrics.add(text(MeasuredColumn.MIN, date(min)));
            metrics.add(text(MeasuredColumn.MAX, date(max)));
        } else if (column.amount()) {
            metrics.add(number(MeasuredColumn.MIN, min));
            metrics.add(number(MeasuredColumn.MAX, max));
            metrics.add(
                    number(MeasuredColumn.MEAN, sum.divide(BigDecimal.valueOf(present), SCALE, RoundingMode.HALF_UP)));
            metrics.add(quantile(MeasuredColumn.P05, 0.05));
            metrics.add(quantile(MeasuredColumn.MEDIAN, 0.5).set(SKETCH, base64(quantiles.toByteArray())));
            metrics.add(quantile(MeasuredColumn.P95, 0.95));
        }
    }

    private Row quantile(String name, double rank) {
        return number(name, BigDecimal.valueOf(quantiles.getQuantile(rank)));
    }

    private Row share(String name, long part, long whole) {
        return number(name, BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), SCALE, RoundingMode.HALF_UP));
    }

    private Row number(String name, BigDecimal value) {
        BigDecimal stored = value.setScale(SCALE, RoundingMode.HALF_UP);
        return metric(name).set("metric_value", stored.precision() > MAX_DIGITS ? null : stored);
    }

    private Row text(String name, String value) {
        return metric(name).set("metric_text", value);
    }

    private Row metric(String name) {
        return new Row(StarSchema.QUALITY_METRICS)
                .set("column_name", column.name())
                .set("metric", name);
    }

    private String topValues() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (ItemsSketch.Row<String> item : top.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES)) {
            if (counts.size() < TOP_VALUES) {
                counts.put(item.getItem(), item.getEstimate());
            }
        }
        try {
            return JSON.writeValueAsString(counts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write texts and numbers as JSON", e);
        }
    }

    private void stretch(BigDecimal number) {
        least = least == null ? number : least.min(number);
        greatest = greatest == null ? number : greatest.max(number);
    }

    private String distinctSketch() {
        return base64(distinct.getResult(TgtHllType.HLL_4).toCompactByteArray());
    }

    private static String date(BigDecimal epochDay) {
        return LocalDate.ofEpochDay(epochDay.longValueExact()).toString();
    }

    private static byte[] bytes(Row row, String column) {
        return Base64.getDecoder().decode(row.text(column));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
