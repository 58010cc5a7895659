package com.qcompany.hive;

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
 * @param reports reports to run, in order
 * @param dates transaction dates of sales, event dates of events
 * @param csv whether to print CSV in place of tables
 * @param out directory for CSV files, see {@link OutputDirectory}
 * @param limit most rows a report
 */
record ReportArguments(List<Report> reports, DateRange dates, boolean csv, Optional<String> out, OptionalInt limit) {

    private static final String USAGE =
            """
            Usage: report [NAME…] [--from D] [--to D] [--limit N] [--format table|csv] [--out DIR]
              NAME      %s; all of them if none is named
              --from    first date of the sales or events, uuuu-MM-dd
              --to      last date, included
              --limit   most rows a report; default 20 on the screen, all in files
              --format  what is printed
              --out     directory in which NAME.csv is written too: a local one, or as in hdfs://HOST/DIR
            """
                    .formatted(String.join(
                            ", ", Report.ALL.stream().map(Report::name).toList()));

    static final CommandLineSyntax SYNTAX = new CommandLineSyntax(
            USAGE,
            new Options()
                    .addOption(null, "from", true, "first date")
                    .addOption(null, "to", true, "last date")
                    .addOption(null, "limit", true, "most rows a report")
                    .addOption(null, "format", true, "table or csv")
                    .addOption(null, "out", true, "directory for CSV files"));

    /**
     * Parses.
     *
     * @throws IllegalArgumentException saying what is wrong and what is allowed
     */
    static ReportArguments parse(String[] args) {
        CommandLine line = SYNTAX.parse(args);
        List<Report> reports = line.getArgList().isEmpty()
                ? Report.ALL
                : line.getArgList().stream().map(Report::named).toList();
        return new ReportArguments(
                reports,
                DateRange.parse(line.getOptionValue("from"), line.getOptionValue("to")),
                isCsv(line.getOptionValue("format", "table")),
                Optional.ofNullable(line.getOptionValue("out")),
                line.hasOption("limit") ? OptionalInt.of(limit(line.getOptionValue("limit"))) : OptionalInt.empty());
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
