package com.qcompany.batch.load;

import static com.qcompany.warehouse.command.CommandLineSyntax.required;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import com.qcompany.warehouse.state.SourceGroup;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code rejects}: prints how many rows of {@code rejected_rows} break each rule in each source hour, and the latest of
 * them with their raw text. A row that breaks two rules is in both. Reads the published state and changes nothing.
 * {@link ExitCode#NOTHING_TO_DO} where no row is rejected.
 *
 * <p>{@code rejects replay}: judges rejected rows that break a rule again, after the contract or a reference was mended, and
 * loads those that are right now. What is loaded is marked in {@code rejected_rows} by the same publish, so a rerun
 * loads nothing twice; what is still bad stays, with the rules it breaks now. {@link ExitCode#NOTHING_TO_DO} where there is
 * no such row.
 */
public final class RejectsTool extends Configured implements Tool {
    private static final Option RULE = valued("rule", "CODE", "only rows that break this rule");
    private static final Option SINCE =
            valued("since", "uuuu-MM-dd-HH", "only rows of source hours from this one on, UTC");
    private static final Option SAMPLES = valued("samples", "N", "rows to print of each rule; default 3");
    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "rejects", new Options().addOption(RULE).addOption(SINCE).addOption(SAMPLES));
    private static final CommandLineSyntax REPLAY = CommandLineSyntax.of(
            "rejects replay",
            new Options()
                    .addOption(required("rule", "CODE", "rule that the rows break"))
                    .addOption(SINCE));
    private static final int MAX_SAMPLES = 1_000;

    /** The group's text begins with its hour. */
    private static final Comparator<Row> LATEST_FIRST = Comparator.comparing((Row row) -> row.text("source_group"))
            .reversed()
            .thenComparing(row -> row.require("line_number", Long.class));

    /** What rows are counted by. */
    private record RuleAndHour(String rule, String hour) {}

    /** Rows by rule and hour; and those of them that are of refused groups. */
    private final SortedMap<RuleAndHour, Integer> counts =
            new TreeMap<>(Comparator.comparing(RuleAndHour::rule).thenComparing(RuleAndHour::hour));

    private final Map<RuleAndHour, Integer> ofRefused = new HashMap<>();
    private final SortedMap<String, PriorityQueue<Row>> latest = new TreeMap<>();

    @Override
    public int run(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("replay")) {
            CommandLine line = REPLAY.parseOptions(Arrays.copyOfRange(args, 1, args.length));
            Replay replay = new Replay(line.getOptionValue(RULE), since(line), Set.of());
            return WarehouseRun.locked(getConf(), "rejects replay", run -> new Load(run).replay(replay));
        }
        CommandLine line = SYNTAX.parseOptions(args);
        String since = since(line);
        long samples = CommandLineSyntax.wholeNumber(line, SAMPLES.getLongOpt(), 3);
        if (samples < 0 || samples > MAX_SAMPLES) {
            throw new UsageException("Cannot print %d samples (expected 0 to %d)".formatted(samples, MAX_SAMPLES));
        }
        Layout layout = Layout.of(getConf());
        Snapshot snapshot = Snapshots.latest(layout.root().getFileSystem(getConf()), layout);
        DataFile.forEachRow(snapshot, layout, StarSchema.REJECTED_ROWS, getConf(), row -> {
            if (row.get("replayed_in") == null && row.text("source_group").compareTo(since) >= 0) {
                List<?> codes = row.require("rule_codes", List.class);
                codes.forEach(code -> {
                    String rule = String.valueOf(code);
                    if (rule.equals(line.getOptionValue(RULE, rule))) {
                        add(row, rule, samples);
                    }
                });
            }
        });
        if (counts.isEmpty()) {
            System.out.println("No row is rejected.");
            return ExitCode.NOTHING_TO_DO.code();
        }
        print();
        return ExitCode.OK.code();
    }

    private static String since(CommandLine line) {
        return SourceGroup.checkedHour(line.getOptionValue(SINCE, SourceGroup.FIRST_HOUR));
    }

    private void add(Row row, String rule, long samples) {
        RuleAndHour counted =
                new RuleAndHour(rule, row.text("source_group").substring(0, SourceGroup.FIRST_HOUR.length()));
        counts.merge(counted, 1, Integer::sum);
        ofRefused.merge(counted, row.require("group_refused", Boolean.class) ? 1 : 0, Integer::sum);
        PriorityQueue<Row> rows = latest.computeIfAbsent(rule, any -> new PriorityQueue<>(LATEST_FIRST.reversed()));
        rows.add(row);
        if (rows.size() > samples) {
            rows.remove();
        }
    }

    private void print() {
        System.out.printf("%-32s %-13s %10s %20s%n", "rule", "source hour", "rows", "of refused groups");
        counts.forEach((counted, rows) -> System.out.printf(
                "%-32s %-13s %10d %20d%n", counted.rule(), counted.hour(), rows, ofRefused.get(counted)));
        latest.forEach((rule, rows) -> rows.stream()
                .sorted(LATEST_FIRST)
                .forEach(row -> System.out.printf(
                        "%n%s: %s %s line %d%n  %s%n  %s%n",
                        rule,
                        row.text("source_group"),
                        row.text("source_file"),
                        row.require("line_number", Long.class),
                        row.text("message"),
                        row.text("raw_line"))));
    }
}
