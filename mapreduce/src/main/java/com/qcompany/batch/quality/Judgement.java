package com.qcompany.batch.quality;

import com.qcompany.batch.feed.Expectation;
import com.qcompany.batch.feed.Expectation.Range;
import com.qcompany.batch.feed.Expectation.Severity;
import com.qcompany.warehouse.parquet.Row;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A metric, a row of {@code quality_metrics}, with what its contract expects of it. */
public record Judgement(Row metric, Expectation expectation) {
    private static final String MET = "met";
    private static final String WARNING = "warning";
    private static final String FAILURE = "failure";
    private static final String UNJUDGED = "unjudged";

    /**
     * Notes in each row the range that is expected and the outcome, hour by hour, as later hours are compared with earlier
     * ones; but none with groups that are refused, or fail here.
     */
    public static void judge(List<Judgement> judgements, MetricHistory history) {
        Map<LocalDateTime, List<Judgement>> byHour = judgements.stream()
                .collect(Collectors.groupingBy(
                        judgement -> judgement.metric.require("source_hour", LocalDateTime.class),
                        TreeMap::new,
                        Collectors.toList()));
        for (List<Judgement> ofHour : byHour.values()) {
            Set<String> failed = new HashSet<>();
            for (Judgement judgement : ofHour) {
                judgement.judge(history);
                if (judgement.isFailure()) {
                    failed.add(judgement.group());
                }
            }
            ofHour.stream()
                    .filter(judgement -> !failed.contains(judgement.group()))
                    .forEach(judgement -> history.add(judgement.metric));
        }
    }

    private void judge(MetricHistory history) {
        metric.set("expectation", expectation.name());
        Optional<BigDecimal> mean = expectation.lastHours() == 0
                ? Optional.of(BigDecimal.ZERO)
                : history.meanBefore(metric, expectation.lastHours());
        if (mean.isEmpty()) {
            metric.set("outcome", UNJUDGED);
            return;
        }
        Range range = expectation.range(mean.get());
        metric.set("at_least", range.least()).set("at_most", range.most());
        String missed = expectation.severity() == Severity.ERROR ? FAILURE : WARNING;
        metric.set("outcome", range.has(metric.require("metric_value", BigDecimal.class)) ? MET : missed);
    }

    /** Whether it refuses its group. */
    public boolean isFailure() {
        return FAILURE.equals(metric.get("outcome"));
    }

    /** Whether it is not met, and refuses nothing. */
    public boolean isWarning() {
        return WARNING.equals(metric.get("outcome"));
    }

    private String group() {
        return metric.text("source_group");
    }

    /** What was found and what is expected, for a person. */
    public String sentence() {
        return "%s of %s in %s is %s (expected %s by %s: %s)"
                .formatted(
                        metric.text("metric"),
                        metric.text("column_name"),
                        metric.text("feed"),
                        plain(metric.require("metric_value", BigDecimal.class)),
                        range(metric),
                        expectation.name(),
                        expectation.description());
    }

    /** The outcome of a row with what it expects, in words; empty where nothing is expected. */
    static String words(Row metric) {
        String range = range(metric);
        return metric.get("outcome") == null
                ? ""
                : metric.text("outcome") + " " + metric.text("expectation") + (range.isEmpty() ? "" : ": " + range);
    }

    /** The range that a row expects, in words; empty where it has none. */
    private static String range(Row metric) {
        BigDecimal least = (BigDecimal) metric.get("at_least");
        BigDecimal most = (BigDecimal) metric.get("at_most");
        if (least != null && most != null) {
            return "%s to %s".formatted(plain(least), plain(most));
        }
        return least != null ? "at least " + plain(least) : most != null ? "at most " + plain(most) : "";
    }

    static String plain(@Nullable BigDecimal number) {
        return number == null ? "" : number.stripTrailingZeros().toPlainString();
    }
}
