package com.qcompany.balance;

import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.balance.Tally.Fate;
import com.qcompany.hive.AuditTool;
import com.qcompany.hive.HiveSession;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import com.qcompany.warehouse.state.SourceGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;

/**
 * {@code audit}: first {@link AuditTool}, the checks of whole tables; then the balance of the raw files of a range of
 * hours with what is published, reported and given to partners. Prints a table of what became of the lines, and
 * every difference in a sentence; {@link ExitCode#CHECKS_FAILED} if there is any. It changes nothing and takes no lease.
 * Where a publish was made while Hive was asked, what differs is asked again; it ends with {@link ExitCode#FAILED} where
 * that happens each time.
 */
public final class BalanceTool extends Configured implements Tool {
    private static final int ATTEMPTS = 3;
    private static final int MAX_ROWS = 48;
    private static final int MAX_SENTENCES = 20;
    private static final int DAY_LENGTH = "uuuu-MM-dd".length();
    private static final String ROW = "%-13s %11s%s %11s %20s%n";
    private static final Option FROM = valued("from", "uuuu-MM-dd-HH", "first nominal hour to balance, UTC");
    private static final Option TO = valued("to", "uuuu-MM-dd-HH", "last nominal hour to balance");
    private static final CommandLineSyntax SYNTAX =
            CommandLineSyntax.of("audit", new Options().addOption(FROM).addOption(TO));

    private final Consumer<Job> packaging;

    /** @param packaging what makes a job's tasks find their classes */
    public BalanceTool(Consumer<Job> packaging) {
        this.packaging = packaging;
    }

    @Override
    public int run(String[] args) throws Exception {
        CommandLine line = SYNTAX.parseOptions(args);
        String from = SourceGroup.checkedHour(line.getOptionValue(FROM, SourceGroup.FIRST_HOUR));
        String to = SourceGroup.checkedHour(line.getOptionValue(TO, SourceGroup.LAST_HOUR));
        int tables = ToolRunner.run(getConf(), new AuditTool(), new String[0]);
        int balance = balance(from, to).code();
        return balance == ExitCode.OK.code() ? tables : balance;
    }

    private ExitCode balance(String from, String to) throws Exception {
        Configuration conf = getConf();
        Layout relative = Layout.of(conf);
        FileSystem fs = relative.root().getFileSystem(conf);
        Layout layout = new Layout(fs.makeQualified(relative.root()));
        boolean whole = from.equals(SourceGroup.FIRST_HOUR) && to.equals(SourceGroup.LAST_HOUR);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Snapshot published = Snapshots.latest(fs, layout);
            Balance balance = Balance.run(conf, layout, published, from, to, packaging);
            List<String> reported = new ArrayList<>();
            try (HiveSession session = HiveSession.open(conf)) {
                ReportedSales sales = new ReportedSales(session, Settings.DATABASE.get(conf));
                reported.addAll(sales.sales(balance, from, to));
                if (whole) {
                    reported.addAll(sales.reports(balance));
                }
            }
            if (reported.isEmpty() || Snapshots.isSettled(fs, layout, published) || balance.count() > 0) {
                return print(balance, reported);
            }
        }
        System.err.printf(
                "Cannot balance with Hive: a publish was made during each of %d attempts (run it again)%n", ATTEMPTS);
        return ExitCode.FAILED;
    }

    private static ExitCode print(Balance balance, List<String> reported) {
        boolean byHour = balance.hours().size() <= MAX_ROWS;
        SortedMap<String, Tally> rows = new TreeMap<>();
        balance.hours()
                .forEach(
                        (hour, tally) -> rows.merge(byHour ? hour : hour.substring(0, DAY_LENGTH), tally, Tally::plus));
        String fates = Stream.of(Fate.values())
                .map(fate -> "%11s".formatted(fate.name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining());
        System.out.printf(ROW, byHour ? "source hour" : "source day", "lines", fates, "units", "paid");
        rows.forEach(BalanceTool::print);
        print("total", balance.total());
        long count = balance.count() + reported.size();
        if (count == 0) {
            System.out.printf(
                    "Balanced: every line is a fact, a duplicate, superseded, rejected, waiting, refused or retracted; %d transaction dates agree.%n",
                    balance.dates().size());
            return ExitCode.OK;
        }
        List<String> sentences = new ArrayList<>(balance.differences());
        sentences.addAll(reported);
        sentences.stream().limit(MAX_SENTENCES).forEach(System.out::println);
        System.out.printf(
                "NOT balanced: %d differences, of which %d are above%n",
                count, Math.min(sentences.size(), MAX_SENTENCES));
        return ExitCode.CHECKS_FAILED;
    }

    private static void print(String key, Tally tally) {
        String counts = Stream.of(Fate.values())
                .map(fate -> "%11d".formatted(tally.count(fate)))
                .collect(Collectors.joining());
        System.out.printf(ROW, key, tally.lines(), counts, tally.units(), PlainSale.plain(tally.paid()));
    }
}
