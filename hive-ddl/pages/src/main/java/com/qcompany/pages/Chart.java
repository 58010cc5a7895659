package com.qcompany.pages;

import com.qcompany.hive.Report;
import com.qcompany.hive.ResultTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a report is drawn, as section {@code Page} of its script declares it:
 *
 * <pre>
 * chart  bars, line, stack (bars on each other), heat or states (a calendar of words)
 * label  columns whose texts, joined by blanks, name a bar, a point or a column of cells
 * row    heat and states: columns that name a row of cells
 * value  columns that are drawn; one of words for states
 * unit   what the values count
 * order  newest-first: the report begins with the last point in time, the chart with the first
 * </pre>
 */
public record Chart(
        Kind kind, List<String> label, List<String> row, List<String> value, String unit, boolean newestFirst) {

    /** Charts there are, each with the most labels and series that can still be read. */
    public enum Kind {
        BARS(20, 9),
        LINE(Integer.MAX_VALUE, 9),
        STACK(40, 9),
        HEAT(40, 40),
        STATES(24, 31);

        private final int maxLabels;
        private final int maxSeries;

        Kind(int maxLabels, int maxSeries) {
            this.maxLabels = maxLabels;
            this.maxSeries = maxSeries;
        }
    }

    /**
     * What is drawn.
     *
     * @param labels names of bars, points or columns of cells
     * @param series values for each label; a row of cells is a series
     * @param states the words that values number, 0 for the first; empty where values are amounts
     * @param part which part is drawn, in words; empty where it is all
     */
    public record Drawing(
            Kind kind, String unit, List<String> labels, List<Series> series, List<String> states, String part) {}

    /** A name with a value for each label, null where there is none. */
    public record Series(String name, List<BigDecimal> values) {}

    static Optional<Chart> of(Report report) {
        Map<String, String> page = report.page();
        return Optional.ofNullable(page.get("chart"))
                .map(kind -> new Chart(
                        Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                        words(page.getOrDefault("label", "")),
                        words(page.getOrDefault("row", "")),
                        words(page.getOrDefault("value", "")),
                        page.getOrDefault("unit", ""),
                        "newest-first".equals(page.get("order"))));
    }

    static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    }

    /**
     * Values of equal labels are added up, exactly, and of words the first stays; labels stand in the report's order; summed bars by their sum, and
     * those of cells by name. An empty cell is 0, but no point of a line.
     *
     * @param maxLabels most labels, if fewer than the kind has
     */
    Drawing draw(ResultTable table, int maxLabels) {
        Set<List<String>> labels = new LinkedHashSet<>();
        Set<String> states = new LinkedHashSet<>();
        Map<String, Map<List<String>, BigDecimal>> series = new LinkedHashMap<>();
        for (List<String> row : table.rows()) {
            List<String> name = cells(table, row, label);
            labels.add(name);
            for (String column : value) {
                String cell = row.get(table.indexOf(column));
                if (kind == Kind.LINE && cell.isEmpty()) {
                    continue;
                }
                series.computeIfAbsent(
                                this.row.isEmpty() ? column : text(cells(table, row, this.row)),
                                key -> new LinkedHashMap<>())
                        .merge(
                                name,
                                kind == Kind.STATES ? numbered(states, cell) : decimal(cell),
                                kind == Kind.STATES ? (first, later) -> first : BigDecimal::add);
            }
        }
        List<List<String>> order =
                ordered(labels, series, labels.size() < table.rows().size());
        List<List<String>> drawn =
                new ArrayList<>(order.subList(0, Math.min(Math.min(kind.maxLabels, maxLabels), order.size())));
        if (newestFirst) {
            Collections.reverse(drawn);
        }
        String part = part(drawn.size(), order.size()) + part(Math.min(kind.maxSeries, series.size()), series.size());
        List<String> names = drawn.stream().map(Chart::text).toList();
        return new Drawing(kind, unit, names, values(series, drawn), List.copyOf(states), part);
    }

    private List<List<String>> ordered(
            Set<List<String>> labels, Map<String, Map<List<String>, BigDecimal>> series, boolean summed) {
        if (kind == Kind.STATES || kind == Kind.HEAT) {
            return labels.stream().sorted(Comparator.comparing(Chart::text)).toList();
        }
        if (kind != Kind.BARS || !summed) {
            return List.copyOf(labels);
        }
        Map<List<String>, BigDecimal> first = series.values().iterator().next();
        return labels.stream()
                .sorted(Comparator.comparing((List<String> name) -> first.getOrDefault(name, BigDecimal.ZERO))
                        .reversed())
                .toList();
    }

    private static String part(int drawn, int all) {
        return drawn == all ? "" : String.format(Locale.ROOT, ", the first %,d of %,d", drawn, all);
    }

    private List<Series> values(Map<String, Map<List<String>, BigDecimal>> series, List<List<String>> labels) {
        return series.entrySet().stream()
                .limit(kind.maxSeries)
                .map(entry -> new Series(
                        entry.getKey(),
                        labels.stream().map(entry.getValue()::get).collect(Collectors.toList())))
                .toList();
    }

    private static BigDecimal numbered(Set<String> states, String state) {
        states.add(state);
        return BigDecimal.valueOf(List.copyOf(states).indexOf(state));
    }

    private static BigDecimal decimal(String cell) {
        return cell.isEmpty() ? BigDecimal.ZERO : new BigDecimal(cell);
    }

    /** The cells of some columns that have a text: two labels that read alike stay two. */
    private static List<String> cells(ResultTable table, List<String> row, List<String> columns) {
        return columns.stream()
                .map(column -> row.get(table.indexOf(column)))
                .filter(cell -> !cell.isEmpty())
                .toList();
    }

    private static String text(List<String> cells) {
        return String.join(" ", cells);
    }
}
