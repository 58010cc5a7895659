package com.qcompany.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.qcompany.hive.Report;
import com.qcompany.hive.ResultTable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.lang3.StringUtils;

/**
 * A table and, above it, its chart.
 *
 * @param source where the rows are from, as of when
 * @param totals a cell a column: the sum where the report declares one, else empty
 */
public record Section(
        String id,
        String title,
        String note,
        String source,
        Optional<Chart.Drawing> chart,
        ResultTable table,
        List<String> totals) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Column(String name, boolean numeric, boolean grouped) {}

    private record Content(List<Column> columns, List<List<String>> rows, List<String> totals) {}

    /** A report's rows as its script says to show them, with no more bars than that. */
    static Section of(Report report, ResultTable table, String source, int maxLabels) {
        return new Section(
                report.name(),
                report.title().replaceFirst("\\.$", ""),
                report.note(),
                source,
                Chart.of(report).map(chart -> chart.draw(table, maxLabels)),
                table,
                totals(table, Chart.words(report.page().getOrDefault("totals", ""))));
    }

    /** A table that is no report, with totals of some columns. */
    static Section of(String id, String title, String note, ResultTable table, String summed) {
        return new Section(id, title, note, "", Optional.empty(), table, totals(table, Chart.words(summed)));
    }

    /** The table as JSON that can stand in HTML. */
    public String tableJson() {
        return json(new Content(
                table.columns().stream()
                        .map(column -> new Column(words(column.name()), column.numeric(), isAmount(column)))
                        .toList(),
                table.rows(),
                totals));
    }

    /** The chart as JSON that can stand in HTML. */
    public String chartJson() {
        return chart.map(Section::json).orElse("null");
    }

    /** A column's name for people: {@code total_paid} is Total paid. */
    static String words(String name) {
        return StringUtils.capitalize(name.replace('_', ' '));
    }

    /** Ids and hours are names made of digits: they get no thousands separators. */
    private static boolean isAmount(ResultTable.Column column) {
        return column.numeric() && !column.name().matches(".*(_id|_hour|place)");
    }

    /** In HTML a script ends at {@code </script>} wherever it stands, so no {@code <} may be left. */
    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot write a table as JSON", e);
        }
    }

    private static List<String> totals(ResultTable table, List<String> summed) {
        return table.columns().stream()
                .map(ResultTable.Column::name)
                .map(name -> summed.contains(name) ? table.sum(name).toPlainString() : "")
                .toList();
    }
}
