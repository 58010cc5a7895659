package com.qcompany.ops;

import com.qcompany.batch.Main;
import com.qcompany.warehouse.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * What the demo does on a stack: generate, then ingest and load hour after hour, then report.
 *
 * <p>The commands run in this process, as {@code hadoop jar} would run them.
 */
final class DemoScript {

    private static final LocalDateTime FIRST_HOUR = LocalDateTime.of(2024, 7, 1, 0, 0);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH", Locale.ROOT);
    private static final int LINES_OF_DUMP = 4;
    private static final Set<Integer> DONE = Set.of(ExitCode.OK.code(), ExitCode.NOTHING_TO_DO.code());

    private final DemoOptions options;
    private final Configuration conf;
    private final Narration narration;
    private int firstFailure = ExitCode.OK.code();

    DemoScript(DemoOptions options, Configuration conf, Narration narration) {
        this.options = options;
        this.conf = conf;
        this.narration = narration;
    }

    /** Runs it to the end, even over a command that fails; returns the exit code of the first that did. */
    int run() throws IOException, SQLException {
        narration.step("Create the database, its tables and views");
        run("ddl");
        Path landing = landing();
        int groups = groupsIn(landing);
        for (int i = 0; i < groups; i++) {
            String hour = HOUR.format(FIRST_HOUR.plusHours(i));
            narration.step("Hour %s UTC: take the next group and load it".formatted(hour));
            run("ingest", "--landing", landing.toString(), "--hour", hour, "--now");
            run("load");
        }
        narration.step("Reports");
        run("report", "--out", output("reports"));
        Optional<String> date = LastDate.of(conf);
        if (date.isPresent()) {
            narration.step("The file for the partners: agents, products and units of %s".formatted(date.get()));
            run("dump", "--date", date.get(), "--out", output("b2b"));
            printHead(Path.of(output("b2b")));
        }
        return firstFailure;
    }

    private Path landing() {
        if (options.raw().isPresent()) {
            return options.raw().get();
        }
        Path landing = options.directory().resolve("landing");
        narration.step("Generate five hourly groups of 1,500 sales; group3 is group1 sent again");
        run("generate", "--groups", "5", "--rows", "1500", "--seed", "7", "--out", landing.toString());
        return landing;
    }

    private static int groupsIn(Path landing) throws IOException {
        if (!Files.isDirectory(landing)) {
            throw new IOException("Cannot read groups: %s (expected a directory of group folders)".formatted(landing));
        }
        try (Stream<Path> entries = Files.list(landing)) {
            return Math.toIntExact(entries.filter(Files::isDirectory).count());
        }
    }

    private String output(String name) {
        return options.directory().resolve(name).toString();
    }

    private void run(String... command) {
        narration.command(command);
        Stopwatch stopwatch = new Stopwatch(narration::say);
        int code = Main.run(conf, command);
        stopwatch.say(DONE.contains(code) ? "Done" : "Failed with exit code " + code);
        if (!DONE.contains(code) && firstFailure == ExitCode.OK.code()) {
            firstFailure = code;
        }
    }

    private void printHead(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".csv")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.limit(LINES_OF_DUMP).forEach(narration::say);
                }
            }
        }
    }
}
