package com.qcompany.hive;

import com.qcompany.hive.Report.Subject;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code report [NAME…]}: runs reports over HiveServer2, prints them as tables or CSV, and writes {@code NAME.csv} to a
 * directory, local or not, if one is given. The same warehouse gives the same bytes, and reports on one subject that run together
 * show the same state of it. Tables without rows make reports without rows.
 */
public final class ReportTool extends Configured implements Tool {

    private static final int ROWS_ON_SCREEN = 20;

    @Override
    public int run(String[] args) throws IOException {
        ReportArguments arguments;
        try {
            arguments = ReportArguments.parse(args);
        } catch (IllegalArgumentException e) {
            return ReportArguments.SYNTAX.refuse(e).code();
        }
        String database = Warehouse.of(getConf()).database();
        try (HiveSession session = HiveSession.open(getConf())) {
            for (Subject subject : arguments.subjectsOfSeveral()) {
                subject.freeze(session, database, arguments.dates());
            }
            for (Report report : arguments.reports()) {
                ResultTable table = report.run(session, database, arguments.dates(), rowsWanted(arguments));
                print(report, table, arguments, System.out);
                if (arguments.out().isPresent()) {
                    String file = OutputDirectory.of(arguments.out().get(), getConf())
                            .write(report.name() + ".csv", CsvText.bytes(table));
                    System.err.printf("Wrote %d rows to %s%n", table.rows().size(), file);
                }
            }
        }
        return ExitCode.OK.code();
    }

    private static int rowsWanted(ReportArguments arguments) {
        return arguments.limit().orElse(arguments.out().isPresent() ? Integer.MAX_VALUE : ROWS_ON_SCREEN);
    }

    private static void print(Report report, ResultTable table, ReportArguments arguments, PrintStream out) {
        if (arguments.csv()) {
            out.print(new String(CsvText.bytes(table), StandardCharsets.UTF_8));
            out.flush();
            return;
        }
        ResultTable shown = table.head(arguments.limit().orElse(ROWS_ON_SCREEN));
        out.println(report.name() + ": " + report.title());
        out.println();
        out.print(AlignedText.of(shown));
        int more = table.rows().size() - shown.rows().size();
        if (more > 0) {
            out.printf("and %d more rows%n", more);
        }
        out.println();
    }
}
