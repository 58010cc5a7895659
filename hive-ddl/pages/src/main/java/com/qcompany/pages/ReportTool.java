package com.qcompany.pages;

import com.qcompany.hive.AlignedText;
import com.qcompany.hive.HiveSession;
import com.qcompany.hive.OutputDirectory;
import com.qcompany.hive.Report;
import com.qcompany.hive.Report.Subject;
import com.qcompany.hive.ResultTable;
import com.qcompany.hive.Warehouse;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code report [NAME…]}: runs reports over HiveServer2 and prints them as tables or CSV; writes {@code NAME.csv} to a
 * directory or one workbook, local or not; or, with {@code --html}, pages of all reports and of the platform itself. The
 * same warehouse gives the same bytes, except in the workbook, which has its time; reports on one subject that run
 * together show the same state of it. Every file appears whole, and replaces the one before. Tables without rows make
 * reports without rows.
 */
public final class ReportTool extends Configured implements Tool {

    private static final int ROWS_ON_SCREEN = 20;

    private final FeedContract.Source contracts;
    private final Listener listener;

    /** Who is told of each report that was printed or written. */
    public interface Listener {
        /**
         * A report was made.
         *
         * @param columns what each of its columns is made of, as {@code table.column}, where that is known
         */
        void reported(Configuration conf, String report, Map<String, Set<String>> columns, long rows);
    }

    /** The command of which nobody is told. */
    public ReportTool(FeedContract.Source contracts) {
        this(contracts, (conf, report, columns, rows) -> {});
    }

    /**
     * The command.
     *
     * @param contracts where the contracts of the feeds are, for the documentation
     */
    public ReportTool(FeedContract.Source contracts, Listener listener) {
        this.contracts = contracts;
        this.listener = listener;
    }

    @Override
    public int run(String[] args) throws IOException {
        ReportArguments arguments = ReportArguments.parse(args);
        if (arguments.html().isPresent()) {
            writePages(arguments, arguments.html().get());
        } else {
            runReports(arguments);
        }
        return ExitCode.OK.code();
    }

    private void writePages(ReportArguments arguments, String directory) throws IOException {
        Site site = new Site(
                new SiteReader(getConf()).read(arguments.dates()),
                new Documentation(FeedContract.read(contracts.yaml(getConf()))),
                arguments.csvText(),
                false);
        OutputDirectory out = OutputDirectory.of(directory, getConf());
        String last = directory;
        for (Map.Entry<String, byte[]> file : site.files().entrySet()) {
            last = out.write(file.getKey(), file.getValue());
        }
        System.out.printf("Pages of %s: open %s%n", arguments.dates().words(), last);
    }

    private void runReports(ReportArguments arguments) throws IOException {
        String database = Warehouse.of(getConf()).database();
        Map<Report, ResultTable> tables = new LinkedHashMap<>();
        try (HiveSession session = HiveSession.open(getConf())) {
            for (Subject subject : arguments.subjectsOfSeveral()) {
                subject.freeze(session, database, arguments.dates());
            }
            for (Report report : arguments.reports()) {
                ResultTable table = rows(report, session, database, arguments);
                print(report, table, arguments, System.out);
                if (arguments.out().isPresent()) {
                    String file = OutputDirectory.of(arguments.out().get(), getConf())
                            .write(report.name() + ".csv", arguments.csvText().bytes(table));
                    System.err.printf("Wrote %d rows to %s%n", table.rows().size(), file);
                }
                tables.put(report, table);
            }
        }
        if (arguments.xlsx().isPresent()) {
            String file = OutputDirectory.writeFile(arguments.xlsx().get(), Workbook.bytes(tables), getConf());
            System.err.printf("Wrote %d reports to %s%n", tables.size(), file);
        }
        tables.forEach((report, table) -> listener.reported(
                getConf(), report.name(), columns(report), table.rows().size()));
    }

    private static Map<String, Set<String>> columns(Report report) {
        return report.subject() == Subject.OPERATIONS ? Map.of() : SqlLineage.of(report);
    }

    private static ResultTable rows(Report report, HiveSession session, String database, ReportArguments arguments)
            throws IOException {
        boolean file = arguments.out().isPresent() || arguments.xlsx().isPresent();
        int most = arguments.limit().orElse(file ? Integer.MAX_VALUE : ROWS_ON_SCREEN + 1);
        ResultTable table = report.run(session, database, arguments.dates(), most);
        return file || arguments.limit().isPresent() ? table : cut(report, table);
    }

    /** The rows that are shown where nobody said how many; that there are more is said. */
    static ResultTable cut(Report report, ResultTable table) {
        if (table.rows().size() > ROWS_ON_SCREEN) {
            System.err.printf(
                    "%s has more rows than these %d (see --limit and --out)%n", report.name(), ROWS_ON_SCREEN);
        }
        return table.head(ROWS_ON_SCREEN);
    }

    static void print(Report report, ResultTable table, ReportArguments arguments, PrintStream out) {
        if (arguments.csv()) {
            out.writeBytes(arguments.csvText().bytes(table)); // whatever letters the locale has
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
