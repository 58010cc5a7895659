package com.qcompany.pages;

import com.qcompany.hive.CsvText;
import com.qcompany.hive.DateRange;
import com.qcompany.hive.Report;
import com.qcompany.hive.Report.Subject;
import com.qcompany.hive.ResultTable;
import com.qcompany.pages.Chart.Kind;
import com.qcompany.pages.Frame.Group;
import com.qcompany.pages.Frame.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.IOUtils;

/**
 * The pages of a state of the warehouse: the overview, a page and a CSV file a report, the operators' page and the
 * documentation. They name each other by relative links, ask no other place for anything, and are the same bytes for the
 * same content.
 */
final class Site {

    /** What the pages need to look right and to draw. */
    private static final List<String> ASSETS = List.of("echarts.min.js", "pages.js", "pages.css");

    private static final String FAILURES = "failed_runs";
    private static final String EXPECTATIONS = "quality_expectations";
    private static final int BARS_OF_OVERVIEW = 8;

    private final SiteContent content;
    private final Documentation documentation;
    private final CsvText csv;
    private final Frame frame;

    /**
     * Pages to be made.
     *
     * @param csv how CSV files are written
     * @param picker whether the pages offer other periods, which only {@link PageServer} knows
     */
    Site(SiteContent content, Documentation documentation, CsvText csv, boolean picker) {
        this.content = content;
        this.documentation = documentation;
        this.csv = csv;
        this.frame = new Frame("", "", links(), content.period().words(), content.published(), picker);
    }

    /** Every file by its name. The overview is the last, so that whoever finds it finds the others. */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>(assets());
        for (Report report : Report.about(Subject.SALES, Subject.EVENTS)) {
            files.put(report.name() + ".csv", csv.bytes(content.result(report)));
            Section section = section(report);
            files.put(file(report), page("report", file(report), section.title(), Map.of("section", section)));
        }
        files.put(
                "operations.html",
                page("operations", "operations.html", "Operation", Map.of("sections", operations())));
        files.putAll(documentation.files(frame));
        files.put("index.html", page("overview", "index.html", "Overview", overview()));
        return files;
    }

    static Map<String, byte[]> assets() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : ASSETS) {
            try {
                files.put(name, IOUtils.resourceToByteArray("com/qcompany/pages/" + name, Site.class.getClassLoader()));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read resource " + name, e);
            }
        }
        return files;
    }

    private byte[] page(String template, String file, String title, Map<String, Object> values) {
        return Templates.render(template, frame.of(title, file), values);
    }

    private Map<String, Object> overview() {
        return Map.of(
                "figures",
                KeyFigure.of(content.result("sales_by_day"), content.daysBefore(), content.rejected()),
                "before",
                content.period().before().map(DateRange::words).orElse(""),
                "sections",
                charts());
    }

    /** The lines, which need width, and then the first bars of each chart of bars. */
    private List<Section> charts() {
        List<Section> lines = new ArrayList<>();
        List<Section> bars = new ArrayList<>();
        for (Report report : Report.about(Subject.SALES, Subject.EVENTS)) {
            Optional<Kind> kind = Chart.of(report).map(Chart::kind);
            if (kind.equals(Optional.of(Kind.LINE))) {
                lines.add(section(report));
            } else if (kind.equals(Optional.of(Kind.BARS))) {
                bars.add(section(report, BARS_OF_OVERVIEW));
            }
        }
        lines.addAll(bars);
        return lines;
    }

    private List<Section> operations() {
        List<Section> sections = new ArrayList<>();
        for (Report report : Report.about(Subject.OPERATIONS)) {
            sections.add(section(report));
            if (report.name().equals(FAILURES)) {
                sections.add(Section.of(
                        "what_to_do",
                        "What to do about what failed",
                        "The runbook's lines for these steps. q explain HOUR says what an hour waits for.",
                        Runbook.ofResource().about(content.result(report)),
                        ""));
            } else if (report.name().equals(EXPECTATIONS)) {
                sections.addAll(expectations(content.result(report)));
            }
        }
        sections.add(Section.of(
                "files",
                "Files and sizes of every table",
                "Kept files are of versions that readers no longer see.",
                content.files(),
                "files bytes kept_files kept_bytes"));
        sections.add(Section.of(
                "open_hours",
                "Open hours of the app log",
                "Their events are landed, and seen once the hour is closed.",
                content.appLog().openHours(),
                "files bytes"));
        sections.add(Section.of(
                "closings",
                "Closing of the app log",
                "Hours of the last days of events: files in which each was closed, the first once all partitions had passed"
                        + " it, others of late events; times in UTC.",
                content.appLog().closings(),
                "files rows"));
        sections.add(Section.of(
                "lag",
                "Lag of the app log",
                content.appLog().lagNote(),
                content.appLog().lag(),
                "records_behind"));
        return sections;
    }

    /** A chart an expectation: the metric over time, between the bounds that it had. */
    private List<Section> expectations(ResultTable outcomes) {
        Map<String, List<List<String>>> byName = new LinkedHashMap<>();
        for (List<String> row : outcomes.rows()) {
            String name = row.get(outcomes.indexOf("feed")) + "_" + row.get(outcomes.indexOf("expectation"));
            byName.computeIfAbsent(name, any -> new ArrayList<>()).add(row);
        }
        List<Section> sections = new ArrayList<>();
        byName.forEach((name, rows) -> {
            List<String> first = rows.get(0);
            String metric = "%s of %s in %s"
                    .formatted(
                            Section.words(first.get(outcomes.indexOf("metric"))),
                            first.get(outcomes.indexOf("column_name")),
                            first.get(outcomes.indexOf("feed")));
            Chart chart = new Chart(
                    Kind.LINE,
                    List.of("source_group", "run_id"),
                    List.of(),
                    List.of("metric_value", "at_least", "at_most"),
                    metric,
                    true);
            ResultTable table = new ResultTable(outcomes.columns(), rows);
            sections.add(new Section(
                    "expectation_" + name,
                    "%s: %s".formatted(Section.words(first.get(outcomes.indexOf("expectation"))), metric),
                    "The value of each group, and the lowest and highest that are expected; of a group that was loaded again, those of each run.",
                    content.source(Subject.OPERATIONS),
                    Optional.of(chart.draw(table, Integer.MAX_VALUE)),
                    table,
                    outcomes.columns().stream().map(column -> "").toList()));
        });
        return sections;
    }

    private Section section(Report report) {
        return section(report, Integer.MAX_VALUE);
    }

    private Section section(Report report, int maxLabels) {
        return Section.of(report, content.result(report), content.source(report.subject()), maxLabels);
    }

    private static String file(Report report) {
        return report.name() + ".html";
    }

    private static List<Group> links() {
        return List.of(
                new Group("", List.of(new Link("Overview", "index.html"))),
                new Group("Sales", links(Subject.SALES)),
                new Group("App", links(Subject.EVENTS)),
                new Group("Platform", List.of(new Link("Operation", "operations.html"))),
                new Group("Documentation", Documentation.LINKS));
    }

    private static List<Link> links(Subject subject) {
        return Report.about(subject).stream()
                .map(report -> new Link(Section.words(report.name().replaceFirst("^app_", "")), file(report)))
                .toList();
    }
}
