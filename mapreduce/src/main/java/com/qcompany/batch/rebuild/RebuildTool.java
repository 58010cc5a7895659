package com.qcompany.batch.rebuild;

import static com.qcompany.warehouse.command.CommandLineSyntax.required;
import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.batch.ingest.Ledger;
import com.qcompany.batch.load.LoadTool;
import com.qcompany.hive.DatabaseComparison;
import com.qcompany.hive.DdlTool;
import com.qcompany.hive.HiveSession;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.DecidedGroups;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshots;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;

/**
 * {@code rebuild}: loads a range of source hours from the raw zone once more, into a database of its own below
 * {@code rebuild/} of the root, by the ordinary load, and compares its sales and dimensions with the live ones, as {@link DatabaseComparison} says.
 * {@link ExitCode#CHECKS_FAILED} where a row differs; {@link ExitCode#FAILED} if the live warehouse was published to meanwhile.
 *
 * <p>The live warehouse is only read, and raw files are read where they lie. Run again, it begins anew. The database stays
 * for whoever wants to look at it; {@code --drop} removes it.
 */
public final class RebuildTool extends Configured implements Tool {
    private static final int EXAMPLES = 10;
    private static final Option FROM = valued("from", "uuuu-MM-dd-HH", "first nominal hour, UTC; default: the first");
    private static final Option TO = valued("to", "uuuu-MM-dd-HH", "last nominal hour; default: the last");
    private static final Option INTO = required("into", "DB", "database to load into, not the live one");
    private static final Option DROP = CommandLineSyntax.flag("drop", "only remove what an earlier rebuild made");
    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "rebuild",
            new Options().addOption(FROM).addOption(TO).addOption(INTO).addOption(DROP));

    @Override
    public int run(String[] args) throws Exception {
        CommandLine line = SYNTAX.parseOptions(args);
        String from = SourceGroup.checkedHour(line.getOptionValue(FROM, SourceGroup.FIRST_HOUR));
        String to = SourceGroup.checkedHour(line.getOptionValue(TO, SourceGroup.LAST_HOUR));
        Configuration rebuilt = new Configuration(getConf());
        rebuilt.set(Settings.DATABASE.key(), line.getOptionValue(INTO).toLowerCase(Locale.ROOT)); // as Hive does
        String database = Settings.DATABASE.get(rebuilt);
        if (database.equalsIgnoreCase(Settings.DATABASE.get(getConf()))) {
            throw new UsageException(
                    "Cannot rebuild into %s: it is the live database (expected another name)".formatted(database));
        }
        Layout live = Layout.of(getConf());
        FileSystem fs = live.root().getFileSystem(getConf());
        Path root = new Path(fs.makeQualified(live.root()), "rebuild/" + database);
        rebuilt.set(Settings.ROOT.key(), root.toString());
        rebuilt.setInt(Settings.LOAD_MAX_REJECTED.key(), 1); // the groups were loaded, whatever share was the limit
        // These tell of the live warehouse.
        List.of(Settings.METRICS_TEXTFILE, Settings.LINEAGE_FILE, Settings.LINEAGE_CONFIG)
                .forEach(setting -> rebuilt.set(setting.key(), ""));
        drop(fs, root, database);
        if (line.hasOption(DROP)) {
            System.out.printf("Dropped %s and %s.%n", database, root);
            return ExitCode.OK.code();
        }
        fs.mkdirs(root);
        Snapshot published = Snapshots.latest(fs, live);
        int code = ToolRunner.run(rebuilt, new DdlTool(), new String[0]);
        code = code == ExitCode.OK.code() ? load(getConf(), published, rebuilt, from, to) : code;
        if (code != ExitCode.OK.code()) {
            return code;
        }
        ExitCode compared = compare(published, database, from, to);
        if (compared != ExitCode.OK && !Snapshots.isSettled(fs, live, published)) {
            System.err.println("Cannot compare: a publish was made while the hours were loaded again (run it again)");
            return ExitCode.FAILED.code();
        }
        return compared.code();
    }

    /**
     * Loads what a state of the live warehouse has loaded into the empty one of other settings; gives the first code that
     * is not 0.
     */
    public static int load(Configuration live, Snapshot published, Configuration rebuilt, String from, String to)
            throws Exception {
        Layout layout = Layout.of(live);
        FileSystem fs = layout.root().getFileSystem(live);
        int code = ExitCode.OK.code();
        for (List<GroupRecord> round : rounds(live, published, fs, layout, from, to)) {
            for (GroupRecord record : round) {
                ImmutableFiles.write(fs, Layout.of(rebuilt).ledgerRecord(record.sequence()), record);
            }
            code = code == ExitCode.OK.code() ? ToolRunner.run(rebuilt, new LoadTool(), new String[0]) : code;
        }
        return code;
    }

    /**
     * Ledger records for a rebuild, which name the live raw files by whole paths: of the groups of a range of hours that the live warehouse has loaded, in rounds, numbered from 1 without gaps
     * over all of them. A load takes one version of a name, so where another version of a group was loaded, a round begins.
     */
    private static List<List<GroupRecord>> rounds(
            Configuration conf, Snapshot published, FileSystem fs, Layout live, String from, String to)
            throws IOException {
        Ledger ledger = Ledger.open(fs, live);
        List<List<GroupRecord>> rounds = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<Long, Long> numbers = new HashMap<>();
        SortedMap<Long, SourceGroup> loaded =
                new TreeMap<>(DecidedGroups.read(published, live, conf).of(DecidedGroups.LOADED));
        loaded.values().removeIf(group -> {
            String hour = SourceGroup.HOUR.format(group.hour());
            return hour.compareTo(from) < 0 || hour.compareTo(to) > 0;
        });
        for (long sequence : loaded.keySet()) {
            GroupRecord record = ledger.read(sequence);
            if (!names.add(record.name()) || rounds.isEmpty()) {
                rounds.add(new ArrayList<>());
                names.retainAll(Set.of(record.name()));
            }
            numbers.put(sequence, numbers.size() + 1L);
            rounds.get(rounds.size() - 1).add(numbered(record, numbers, fs.makeQualified(ledger.rawDirectory(record))));
        }
        return rounds;
    }

    /** A file that repeats one of a group that is not among them is read. */
    private static GroupRecord numbered(GroupRecord record, Map<Long, Long> numbers, Path raw) {
        List<FileRecord> files = record.files().stream()
                .map(file ->
                        file.knowing(file.contentDigest(), file.endsWithLineEnd(), numbers.get(file.duplicateOf())))
                .toList();
        return new GroupRecord(
                Objects.requireNonNull(numbers.get(record.sequence())),
                record.name(),
                record.version(),
                record.hour(),
                record.status(),
                null,
                raw.toString(),
                files,
                record.recordedAt());
    }

    /** Drops what an earlier rebuild made; a database that none made is left alone. */
    private void drop(FileSystem fs, Path root, String database) throws IOException {
        try (HiveSession session = HiveSession.open(getConf())) {
            // Not by LIKE, to which _ is any letter.
            boolean exists = session.query("SHOW DATABASES").rows().contains(List.of(database));
            if (exists && !fs.exists(root)) {
                throw new UsageException("Cannot rebuild into %s: no rebuild made this database (expected a new name)"
                        .formatted(database));
            }
            session.execute("DROP DATABASE IF EXISTS %s CASCADE".formatted(database));
        }
        fs.delete(root, true);
    }

    private ExitCode compare(Snapshot live, String database, String from, String to) throws IOException {
        try (HiveSession session = HiveSession.open(getConf())) {
            DatabaseComparison comparison = new DatabaseComparison(
                    session, Settings.DATABASE.get(getConf()), database, from, to, live.addedColumns());
            System.out.printf("%s has %s of hours %s to %s.%n", database, comparison.sums(), from, to);
            List<String> differences = comparison.differences(EXAMPLES);
            differences.forEach(System.out::println);
            if (!differences.isEmpty()) {
                System.out.println("NOT equal: the rows above differ, and maybe more.");
                return ExitCode.CHECKS_FAILED;
            }
            System.out.println(
                    "Equal: every sale, and every version of a customer, product, agent and branch, is in both.");
            return ExitCode.OK;
        }
    }
}
