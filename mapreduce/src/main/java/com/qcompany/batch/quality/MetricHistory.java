package com.qcompany.batch.quality;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.DecidedGroups;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** Metrics of loaded groups by hour, with which those of later hours are compared. Not thread-safe. */
public final class MetricHistory {
    /** Fewer earlier values tell nothing. */
    private static final int MIN_VALUES = 3;

    private static final Table COMPARED = StarSchema.QUALITY_METRICS.project(
            List.of("source_hour", "source_group", "group_refused", "feed", "column_name", "metric", "metric_value"));

    private final Map<List<String>, NavigableMap<LocalDateTime, List<BigDecimal>>> values = new HashMap<>();

    /** What is published of some dates. */
    public static MetricHistory read(Snapshot published, Layout layout, Configuration conf, Collection<LocalDate> dates)
            throws IOException {
        MetricHistory history = new MetricHistory();
        List<DataFile> files = new ArrayList<>();
        for (LocalDate date : dates) {
            files.addAll(DataFile.of(published, layout, COMPARED, date.toString()));
        }
        if (files.isEmpty()) {
            return history;
        }
        Set<String> retracted =
                DecidedGroups.read(published, layout, conf).of(DecidedGroups.RETRACTED).values().stream()
                        .map(SourceGroup::text)
                        .collect(Collectors.toSet());
        DataFile.forEachRow(files, conf, metric -> {
            if (!retracted.contains(metric.text("source_group"))) {
                history.add(metric);
            }
        });
        return history;
    }

    /** Adds a metric, where it is a number and its group is loaded. */
    void add(Row metric) {
        if (metric.get("metric_value") != null && !metric.require("group_refused", Boolean.class)) {
            values.computeIfAbsent(name(metric), any -> new TreeMap<>())
                    .computeIfAbsent(metric.require("source_hour", LocalDateTime.class), any -> new ArrayList<>())
                    .add(metric.require("metric_value", BigDecimal.class));
        }
    }

    /** The mean of a metric over the hours right before its own; empty where fewer than three groups show it there. */
    Optional<BigDecimal> meanBefore(Row metric, int hours) {
        LocalDateTime hour = metric.require("source_hour", LocalDateTime.class);
        List<BigDecimal> earlier = values
                .getOrDefault(name(metric), new TreeMap<>())
                .subMap(hour.minusHours(hours), true, hour, false)
                .values()
                .stream()
                .flatMap(List::stream)
                .toList();
        return earlier.size() < MIN_VALUES
                ? Optional.empty()
                : Optional.of(earlier.stream()
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .divide(BigDecimal.valueOf(earlier.size()), RoundingMode.HALF_UP));
    }

    private static List<String> name(Row metric) {
        return List.of(metric.text("feed"), metric.text("column_name"), metric.text("metric"));
    }
}
