package com.qcompany.ops.bench;

import static com.qcompany.warehouse.command.CommandLineSyntax.valued;
import static com.qcompany.warehouse.command.CommandLineSyntax.wholeNumber;

import com.qcompany.hive.HiveSession;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;

/**
 * {@code q bench batch [--rows N] [--hours N]}: what ingest, load and compact cost as a scheduler starts them, each a
 * process of its own: an hour into an empty warehouse, one more hour into one with many, and many rows at once.
 *
 * <p>Runs on the running stack, in warehouses and databases of its own, which it removes.
 */
public final class BatchBench {

    private static final int HOUR_ROWS = 1500;
    private static final int FIRST_HOURS = 3;
    private static final String HISTORY_HOUR = "2024-01-01-00";

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "q bench batch",
            new Options()
                    .addOption(valued("rows", "N", "sales that are loaded at once (default 600000)"))
                    .addOption(valued("hours", "N", "hours that are loaded before one more (default 1000)")));

    private final String q;
    private final Configuration conf;
    private final Path scratch;
    private int warehouses;

    private BatchBench(String q, Configuration conf, Path scratch) {
        this.q = q;
        this.conf = conf;
        this.scratch = scratch;
    }

    /** Runs the benchmark; the first argument is the command to run, {@code bin/q}. */
    public static void main(String[] args) throws Exception {
        int rows;
        int hours;
        try {
            CommandLine line = SYNTAX.parseOptions(Arrays.copyOfRange(args, 1, args.length));
            rows = Math.toIntExact(wholeNumber(line, "rows", 600_000));
            hours = Math.toIntExact(wholeNumber(line, "hours", 1000));
        } catch (IllegalArgumentException | ArithmeticException e) {
            System.exit(SYNTAX.refuse(e).code());
            return;
        }
        Path scratch = Files.createTempDirectory("q-bench");
        try {
            BatchBench bench = new BatchBench(args[0], Settings.configuration(), scratch);
            System.out.printf("%-48s %10s %14s %9s%n", "", "ELAPSED", "CPU", "MEMORY");
            bench.oneMoreHour(hours);
            bench.manyRows(rows);
        } finally {
            FileUtils.deleteDirectory(scratch.toFile());
        }
    }

    private void oneMoreHour(int hours) throws Exception {
        Path first = generate("first", FIRST_HOURS, HOUR_ROWS, 2);
        List<ProgramCost> firsts = new ArrayList<>();
        for (int i = 0; i < FIRST_HOURS; i++) {
            String warehouse = newWarehouse();
            firsts.add(hour(warehouse, first, i));
            drop(warehouse);
        }
        ProgramCost empty = ProgramCost.sum(firsts).dividedBy(FIRST_HOURS);
        empty.print("an hour into an empty warehouse");

        String full = newWarehouse();
        Path history = generate("history", hours, HOUR_ROWS, 3);
        run(full, "ingest", "--landing", history.toString(), "--now", "--all", "--hour", HISTORY_HOUR);
        run(full, "load");
        run(full, "compact");
        int more = Settings.COMPACT_MAX_DELTAS.get(conf); // one of so many loads merges
        Path next = generate("next", more, HOUR_ROWS, 4);
        List<ProgramCost> all = new ArrayList<>();
        for (int i = 0; i < more; i++) {
            all.add(hour(full, next, i));
        }
        drop(full);
        ProgramCost later = ProgramCost.sum(all).dividedBy(more);
        later.print("one more after %,d hours, its share of the merge too".formatted(hours));
        System.out.printf(
                Locale.ROOT,
                "One more hour takes %.2f times the first's time, %.2f times its CPU%n",
                (double) later.wall().toMillis() / empty.wall().toMillis(),
                (double) later.cpu().toMillis() / empty.cpu().toMillis());
    }

    private ProgramCost hour(String warehouse, Path landing, int index) throws Exception {
        String hour = "2024-02-%02d-%02d".formatted(1 + index / 24, index % 24);
        return ProgramCost.sum(List.of(
                run(warehouse, "ingest", "--landing", landing.toString(), "--now", "--hour", hour),
                run(warehouse, "load")));
    }

    private void manyRows(int rows) throws Exception {
        Path landing = generate("large", 1, rows, 1);
        String warehouse = newWarehouse();
        ProgramCost ingest = run(warehouse, "ingest", "--landing", landing.toString(), "--now");
        ProgramCost load = run(warehouse, "load");
        ProgramCost merge = run(warehouse, "compact");
        drop(warehouse);
        ingest.print("ingest of %,d rows".formatted(rows));
        load.print("load");
        merge.print("merge");
        ProgramCost.sum(List.of(ingest, load, merge)).print("all three");
    }

    private Path generate(String name, int groups, int rows, int seed) throws Exception {
        Path landing = scratch.resolve(name);
        command(List.of("generate --groups %d --rows %d --seed %d --resend 0 --out %s"
                .formatted(groups, rows, seed, landing)
                .split(" ")));
        return landing;
    }

    private String newWarehouse() throws Exception {
        String name = "q_bench_%d_%d".formatted(ProcessHandle.current().pid(), warehouses++);
        run(name, "ddl");
        return name;
    }

    /** Runs a command on a warehouse, by the name of its root directory and database. */
    private ProgramCost run(String warehouse, String command, String... args) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                command,
                "-D",
                Settings.ROOT.key() + "=/" + warehouse,
                "-D",
                Settings.DATABASE.key() + "=" + warehouse));
        words.addAll(List.of(args));
        return command(words);
    }

    private ProgramCost command(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(q));
        command.addAll(words);
        return ProgramCost.of(command, scratch.resolve("output"));
    }

    private void drop(String warehouse) throws IOException {
        try (HiveSession session = HiveSession.open(conf)) {
            session.execute("DROP DATABASE IF EXISTS %s CASCADE".formatted(warehouse));
        }
        org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path("/" + warehouse);
        root.getFileSystem(conf).delete(root, true);
    }
}
