package com.qcompany.ops.bench;

import static com.qcompany.warehouse.command.CommandLineSyntax.valued;
import static com.qcompany.warehouse.command.CommandLineSyntax.wholeNumber;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.cli.Options;
import org.apache.commons.io.FileUtils;

/**
 * {@code q bench batch [--rows N] [--hours N]}: what ingest, load and compact cost as a scheduler starts them, each a
 * process of its own: an hour into an empty warehouse, one more hour into one with many, and many rows at once. The many
 * hours are taken in by this process.
 *
 * <p>Runs on the running stack, in warehouses and databases of its own, which it removes.
 */
public final class BatchBench {

    private static final int HOUR_ROWS = 1500;
    private static final int FIRST_HOURS = 3;
    private static final LocalDateTime HISTORY_START = SourceGroup.parseHour("2020-01-01-00");

    private static final CommandLineSyntax SYNTAX = CommandLineSyntax.of(
            "q bench batch",
            new Options()
                    .addOption(valued("rows", "N", "sales that are loaded at once (default 600000)"))
                    .addOption(valued("hours", "N", "hours that are loaded before one more (default 1000)")));

    private final BenchPrograms programs;

    private BatchBench(BenchPrograms programs) {
        this.programs = programs;
    }

    /** Runs the benchmark; the first argument is the command to run, {@code bin/q}. */
    public static void main(String[] args) throws Exception {
        BenchPrograms.run(SYNTAX, args, (options, programs) -> {
            long rows = wholeNumber(options, "rows", 600_000);
            long hours = wholeNumber(options, "hours", 1000);
            ProgramCost.printHeader();
            BatchBench bench = new BatchBench(programs);
            bench.oneMoreHour(hours);
            bench.manyRows(rows);
        });
    }

    private void oneMoreHour(long hours) throws Exception {
        Path first = generate("first", FIRST_HOURS, HOUR_ROWS, 2);
        List<ProgramCost> firsts = new ArrayList<>();
        for (int i = 0; i < FIRST_HOURS; i++) {
            String warehouse = programs.newWarehouse("hour_" + i);
            firsts.add(hour(warehouse, first, i));
            programs.drop(warehouse);
        }
        ProgramCost empty = ProgramCost.mean(firsts);
        empty.print("an hour into an empty warehouse");

        String full = programs.newWarehouse("hours");
        Path history = generate("history", hours, HOUR_ROWS, 3);
        ingestByHour(full, history);
        programs.command(full, "load");
        programs.command(full, "compact");
        int more = Settings.COMPACT_MAX_DELTAS.get(Settings.configuration()); // one of so many loads merges
        Path next = generate("next", more, HOUR_ROWS, 4);
        List<ProgramCost> all = new ArrayList<>();
        for (int i = 0; i < more; i++) {
            all.add(hour(full, next, i));
        }
        programs.drop(full);
        ProgramCost later = ProgramCost.mean(all);
        later.print("one more after %,d hours, its share of the merge too".formatted(hours));
        System.out.printf(
                Locale.ROOT,
                "One more hour takes %.2f times the first's time, %.2f times its CPU%n",
                (double) later.wall().toMillis() / empty.wall().toMillis(),
                (double) later.cpu().toMillis() / empty.cpu().toMillis());
    }

    private ProgramCost hour(String warehouse, Path landing, int index) throws Exception {
        String hour = "2024-02-%02d-%02d".formatted(1 + index / 24, index % 24);
        return ProgramCost.sum(
                programs.command(warehouse, "ingest", "--landing", landing.toString(), "--now", "--hour", hour),
                programs.command(warehouse, "load"));
    }

    /** Takes each group in for an hour of its own, in this process: thousands of programs would take an hour. */
    private void ingestByHour(String warehouse, Path groups) throws IOException {
        Path landing = Files.createDirectory(programs.scratch().resolve("landing"));
        LocalDateTime hour = HISTORY_START;
        List<Path> folders;
        try (Stream<Path> unordered = Files.list(groups)) {
            folders = unordered.sorted().toList();
        }
        for (Path folder : folders) {
            Path landed = Files.move(folder, landing.resolve(folder.getFileName()));
            String text = SourceGroup.HOUR.format(hour);
            programs.inProcess(warehouse, "ingest", "--landing", landing.toString(), "--now", "--hour", text);
            FileUtils.deleteDirectory(landed.toFile());
            hour = hour.plusHours(1);
        }
    }

    private void manyRows(long rows) throws Exception {
        Path landing = generate("large", 1, rows, 1);
        String warehouse = programs.newWarehouse("rows");
        ProgramCost ingest = programs.command(warehouse, "ingest", "--landing", landing.toString(), "--now");
        ProgramCost load = programs.command(warehouse, "load");
        ProgramCost merge = programs.command(warehouse, "compact");
        programs.drop(warehouse);
        ingest.print("ingest of %,d rows".formatted(rows));
        load.print("load");
        merge.print("merge");
        ProgramCost.sum(ingest, load, merge).print("all three");
    }

    private Path generate(String name, long groups, long rows, int seed) throws Exception {
        Path landing = programs.scratch().resolve(name);
        programs.command(Stream.of("generate --groups %d --rows %d --seed %d --resend 0 --out %s"
                .formatted(groups, rows, seed, landing)
                .split(" ")));
        return landing;
    }
}
