package com.qcompany.batch.ingest;

import static com.qcompany.warehouse.command.CommandLineSyntax.repeatable;
import static com.qcompany.warehouse.command.CommandLineSyntax.required;

import com.qcompany.hive.CsvText;
import com.qcompany.hive.DateRange;
import com.qcompany.hive.OutputDirectory;
import com.qcompany.hive.ResultTable;
import com.qcompany.hive.ResultTable.Column;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.DecidedGroups;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.Tool;

/**
 * {@code hours}: says which hours of a day (UTC) are not in the warehouse, and why: no group came, its group is refused,
 * taken back or not loaded yet. Of the running day it looks at the hours that have begun.
 *
 * <p>With {@code --out} it writes {@code missing_hours.csv} into each directory: columns {@code source_hour,why}, a row an
 * hour, oldest first; nothing but the header where the day is whole. Reads flags, ledger and the published state, not Hive.
 * Written again it replaces the first.
 */
public final class HoursTool extends Configured implements Tool {

    private static final String FILE = "missing_hours.csv";
    private static final List<Column> COLUMNS = List.of(new Column("source_hour", false), new Column("why", false));
    private static final Option DATE = required("date", "uuuu-MM-dd", "the day");
    private static final Option OUT =
            repeatable("out", "DIR", "directory, local or as in hdfs://HOST/DIR, for " + FILE);
    private static final CommandLineSyntax SYNTAX =
            CommandLineSyntax.of("hours", new Options().addOption(DATE).addOption(OUT));

    private final Clock clock;
    private final PrintStream out;

    public HoursTool() {
        this(Clock.systemUTC(), System.out);
    }

    HoursTool(Clock clock, PrintStream out) {
        this.clock = clock;
        this.out = out;
    }

    @Override
    public int run(String[] args) throws IOException {
        CommandLine line = SYNTAX.parseOptions(args);
        LocalDate day = DateRange.parse(line.getOptionValue(DATE), line.getOptionValue(DATE))
                .from();
        LocalDateTime now = LocalDateTime.now(clock);
        if (now.isBefore(day.atStartOfDay())) {
            throw new UsageException("Cannot list hours of %s: it has not begun (UTC)".formatted(day));
        }
        int begun = now.toLocalDate().equals(day) ? now.getHour() + 1 : 24;
        Layout layout = Layout.of(getConf());
        List<List<String>> missing = missing(layout.root().getFileSystem(getConf()), layout, day, begun);
        out.printf(
                missing.isEmpty() ? "Every hour of %s%s is loaded%n" : "Not loaded of %s%s:%n",
                day,
                begun < 24 ? " so far" : "");
        missing.forEach(row -> out.printf("  %s: %s%n", row.get(0), row.get(1)));
        byte[] csv = CsvText.PLAIN.bytes(new ResultTable(COLUMNS, missing));
        for (String directory : ArrayUtils.nullToEmpty(line.getOptionValues(OUT))) {
            OutputDirectory.of(directory, getConf()).write(FILE, csv);
        }
        return ExitCode.OK.code();
    }

    private List<List<String>> missing(FileSystem fs, Layout layout, LocalDate day, int hours) throws IOException {
        Map<String, String> unloaded = unloaded(Ledger.open(fs, layout), Snapshots.latest(fs, layout), layout);
        List<List<String>> missing = new ArrayList<>();
        for (int i = 0; i < hours; i++) {
            LocalDateTime hour = day.atTime(i, 0);
            String name = SourceGroup.HOUR.format(hour);
            if (unloaded.containsKey(name)) {
                missing.add(List.of(name, unloaded.get(name)));
            } else if (!fs.exists(layout.takenFlag(hour))) {
                missing.add(List.of(name, "no group came"));
            }
        }
        return missing;
    }

    /** What is not loaded of accepted groups, by hour: nothing of a group of which another version is loaded that counts. */
    private Map<String, String> unloaded(Ledger ledger, Snapshot published, Layout layout) throws IOException {
        DecidedGroups decided = DecidedGroups.read(published, layout, getConf());
        Collection<SourceGroup> loaded = decided.of(DecidedGroups.LOADED).values();
        Map<String, String> unloaded = new HashMap<>();
        ledger.pending(published).forEach(record -> note(unloaded, record.group(), "is not loaded yet"));
        ledger.read(published.refused()).stream()
                .map(GroupRecord::group)
                .filter(group -> loaded.stream()
                        .noneMatch(other -> other.name().equals(group.name())
                                && other.hour().equals(group.hour())))
                .forEach(group -> note(unloaded, group, "is refused"));
        decided.takenBack().forEach(group -> note(unloaded, group, "is taken back"));
        return unloaded;
    }

    private static void note(Map<String, String> unloaded, SourceGroup group, String why) {
        String text = group.text();
        int slash = text.indexOf('/');
        unloaded.merge(text.substring(0, slash), text.substring(slash + 1) + " " + why, (one, two) -> one + ", " + two);
    }
}
