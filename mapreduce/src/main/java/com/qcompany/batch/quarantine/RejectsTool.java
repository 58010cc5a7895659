package com.qcompany.batch.quarantine;

import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.batch.load.ReplayTool;
import com.qcompany.hive.HiveSession;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.SourceGroup;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;

/**
 * {@code rejects}: prints how many rows of {@code rejected_rows} break each rule in each source hour, and the latest of
 * them with their raw text. A row that breaks two rules is in both. It reads over HiveServer2 and changes nothing.
 * {@link ExitCode#NOTHING_TO_DO} where no row is rejected. With {@code replay} as its first argument it is
 * {@link ReplayTool}.
 */
public final class RejectsTool extends Configured implements Tool {
    private static final Option RULE = valued("rule", "CODE", "only rows that break this rule");
    private static final Option SINCE =
            valued("since", "uuuu-MM-dd-HH", "only rows of source hours from this one on, UTC");
    private static final Option SAMPLES = valued("samples", "N", "rows to print of each rule; default 3");
    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "rejects", new Options().addOption(RULE).addOption(SINCE).addOption(SAMPLES));
    private static final Pattern CODE = Pattern.compile("\\w+");
    private static final int MAX_SAMPLES = 1_000;

    @Override
    public int run(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("replay")) {
            return ToolRunner.run(getConf(), new ReplayTool(), Arrays.copyOfRange(args, 1, args.length));
        }
        CommandLine line = SYNTAX.parseOptions(args);
        long samples = CommandLineSyntax.wholeNumber(line, SAMPLES.getLongOpt(), 3);
        if (samples < 0 || samples > MAX_SAMPLES) {
            throw new UsageException("Cannot print %d samples (expected 0 to %d)".formatted(samples, MAX_SAMPLES));
        }
        String database = Settings.DATABASE.get(getConf());
        // A window function over a lateral view needs the view's rows as a table of their own.
        String rejected =
                """
                (SELECT rule, SUBSTR(source_group, 1, 13) AS source_hour, group_refused, source_group, source_file,
                   line_number, message, raw_line
                 FROM %s.rejected_rows LATERAL VIEW EXPLODE(rule_codes) codes AS rule
                 WHERE replayed_in IS NULL) r WHERE %s"""
                        .formatted(database, condition(line));
        try (HiveSession session = HiveSession.open(getConf())) {
            List<List<String>> counts = session.query(
                            """
                            SELECT rule, source_hour, COUNT(*), SUM(CASE WHEN group_refused THEN 1 ELSE 0 END)
                            FROM %s GROUP BY rule, source_hour ORDER BY rule, source_hour"""
                                    .formatted(rejected))
                    .rows();
            if (counts.isEmpty()) {
                System.out.println("No row is rejected.");
                return ExitCode.NOTHING_TO_DO.code();
            }
            printCounts(counts);
            printSamples(session.query(
                            """
                            SELECT rule, source_group, source_file, line_number, message, raw_line
                            FROM (
                              SELECT r.*, ROW_NUMBER() OVER (PARTITION BY rule
                                ORDER BY source_hour DESC, source_group DESC, line_number) AS place
                              FROM %s) s
                            WHERE place <= %d ORDER BY rule, place"""
                                    .formatted(rejected, samples))
                    .rows());
        }
        return ExitCode.OK.code();
    }

    /** SQL of what the options ask for; their values have no quotes. */
    private static String condition(CommandLine line) {
        String condition = "true";
        if (line.hasOption(RULE)) {
            String rule = line.getOptionValue(RULE);
            if (!CODE.matcher(rule).matches()) {
                throw new UsageException(
                        "Cannot look for rule %s (expected letters, digits and underscores)".formatted(rule));
            }
            condition += " AND rule = '%s'".formatted(rule);
        }
        if (line.hasOption(SINCE)) {
            String hour = SourceGroup.checkedHour(line.getOptionValue(SINCE));
            condition += " AND source_hour >= '%s'".formatted(hour);
        }
        return condition;
    }

    private static void printCounts(List<List<String>> rows) {
        System.out.printf("%-32s %-13s %10s %20s%n", "rule", "source hour", "rows", "of refused groups");
        rows.forEach(
                row -> System.out.printf("%-32s %-13s %10s %20s%n", row.get(0), row.get(1), row.get(2), row.get(3)));
    }

    private static void printSamples(List<List<String>> rows) {
        rows.forEach(row -> System.out.printf(
                "%n%s: %s %s line %s%n  %s%n  %s%n",
                row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5)));
    }
}
