package com.qcompany.pages;

import static com.qcompany.warehouse.command.CommandLineSyntax.flag;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.hive.CsvText;
import com.qcompany.hive.DateRange;
import com.qcompany.hive.OutputDirectory;
import com.qcompany.hive.Report;
import com.qcompany.hive.Report.Subject;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/**
 * Command line of {@code report}.
 *
 * @param dates transaction dates of sales, event dates of events
 * @param out directory for CSV files, see {@link OutputDirectory}
 * @param html directory for pages; if given, nothing is printed
 */
record ReportArguments(
        List<Report> reports,
        DateRange dates,
        boolean csv,
        CsvText csvText,
        Optional<String> out,
        Optional<String> xlsx,
        Optional<String> html,
        OptionalInt limit) {

    private static final Options OPTIONS = new Options()
            .addOption(valued("from", "D", "first date of the sales or events, uuuu-MM-dd"))
            .addOption(valued("to", "D", "last date, included"))
            .addOption(valued("limit", "N", "most rows a report; default 20 on the screen, all in files"))
            .addOption(valued("format", "table|csv", "what is printed"))
            .addOption(valued(
                    "out", "DIR", "directory in which NAME.csv is written too: a local one, or as in hdfs://HOST/DIR"))
            .addOption(valued("xlsx", "FILE", "Excel workbook in which each report is a sheet"))
            .addOption(
                    valued(
                            "html",
                            "DIR",
                            "directory for pages of all reports and of the platform; open its index.html; goes with dates alone"))
            .addOption(flag("csv-mark", "CSV begins with a byte order mark, by which Excel knows UTF-8"))
            .addOption(flag("csv-decimal-comma", "CSV has decimal commas, and semicolons between cells"));

    static final CommandLineSyntax SYNTAX = new CommandLineSyntax(
            """
            %sNAME is one of %s;
            all about sales and the app if none is named; or about the platform itself:
            %s
            """
                    .formatted(
                            CommandLineSyntax.of("report [NAME…]", OPTIONS).usage(),
                            names(Subject.SALES, Subject.EVENTS),
                            names(Subject.OPERATIONS)),
            OPTIONS);

    static ReportArguments parse(String[] args) {
        CommandLine line = SYNTAX.parse(args);
        if (line.hasOption("html")) {
            refuseBeside(line);
        }
        List<Report> reports = line.getArgList().isEmpty()
                ? Report.about(Subject.SALES, Subject.EVENTS)
                : line.getArgList().stream().map(Report::named).toList();
        return new ReportArguments(
                reports,
                DateRange.parse(line.getOptionValue("from"), line.getOptionValue("to")),
                isCsv(line.getOptionValue("format", "table")),
                new CsvText(line.hasOption("csv-mark"), line.hasOption("csv-decimal-comma")),
                Optional.ofNullable(line.getOptionValue("out")),
                Optional.ofNullable(line.getOptionValue("xlsx")).map(ReportArguments::workbook),
                Optional.ofNullable(line.getOptionValue("html")),
                line.hasOption("limit") ? OptionalInt.of(limit(line.getOptionValue("limit"))) : OptionalInt.empty());
    }

    /** Pages have all rows of all reports, and print nothing. */
    private static void refuseBeside(CommandLine line) {
        for (String option : List.of("out", "xlsx", "format", "limit")) {
            if (line.hasOption(option)) {
                throw new UsageException(
                        "Cannot use --%s with --html (expected --from, --to, --csv-…)".formatted(option));
            }
        }
        if (!line.getArgList().isEmpty()) {
            throw new UsageException(
                    "Cannot make pages of %s only (expected no names with --html)".formatted(line.getArgList()));
        }
    }

    private static String names(Subject... subjects) {
        return String.join(
                ", ", Report.about(subjects).stream().map(Report::name).toList());
    }

    /** Subjects that more than one of the reports is about. */
    List<Subject> subjectsOfSeveral() {
        return Arrays.stream(Subject.values())
                .filter(subject -> reports.stream()
                                .filter(report -> report.subject() == subject)
                                .count()
                        > 1)
                .toList();
    }

    private static String workbook(String file) {
        if (!file.endsWith(".xlsx")) {
            throw new UsageException("Cannot write workbook %s (expected a name that ends with .xlsx)".formatted(file));
        }
        return file;
    }

    private static boolean isCsv(String format) {
        return switch (format) {
            case "csv" -> true;
            case "table" -> false;
            default -> throw new UsageException("Cannot print as %s (expected table or csv)".formatted(format));
        };
    }

    private static int limit(String text) {
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new UsageException("Cannot limit rows to %s (expected 1 to 999999999)".formatted(text));
        }
        return Integer.parseInt(text);
    }
}
