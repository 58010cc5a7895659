package com.qcompany.ops;

import com.qcompany.hive.HiveSession;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** What the demo runs. */
record DemoPipelines(DemoOptions options, Configuration conf, Narration narration, DemoCommands commands) {

    private static final LocalDateTime FIRST_HOUR = LocalDateTime.of(2024, 7, 1, 0, 0);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH", Locale.ROOT);
    private static final int LINES_OF_DUMP = 4;

    /** The hourly batch: generate, then ingest and load hour after hour, then report. */
    void batch() throws IOException {
        Path landing = landing();
        int groups = groupsIn(landing);
        for (int i = 0; i < groups; i++) {
            String hour = HOUR.format(FIRST_HOUR.plusHours(i));
            narration.step("Hour %s UTC: take the next group and load it".formatted(hour));
            commands.run("ingest", "--landing", landing.toString(), "--hour", hour, "--now");
            commands.run("load");
        }
        narration.step("A report over the sales; all of them follow as pages");
        commands.run("report", "top_products");
        String date = lastDate();
        if (!date.isEmpty()) {
            narration.step("The file for the partners: agents, products and units of %s".formatted(date));
            Path b2b = options.output("b2b");
            commands.run("dump", "--date", date, "--out", b2b.toString());
            printHead(b2b);
        }
    }

    /**
     * The app-log stream: send events, consume and close their hours, and compare reports with what was sent.
     *
     * @param report a command that writes the reports over the events, as CSV files of a directory
     */
    void stream(String[] report, Path reports) throws IOException {
        Path answers = options.output("answers.json");
        narration.step(
                "Send 100,000 app-log events of eight hours to Kafka: some late, broken, of a newer app, or no event at all");
        commands.run(("events produce --rate 0 --count 100000 --seed 7 --start 2024-07-04-18 --hours 8"
                        + " --late 0.02 --broken 0.02 --drift 0.05 --answers " + answers)
                .split(" "));
        narration.step("Land them as Parquet, each once; an hour that all events have passed becomes one file");
        commands.run("events", "consume", "--until-caught-up");
        commands.run("events", "compact");
        commands.run("events", "audit");
        narration.step("All reports, and all that operators look at, as pages");
        commands.run(report);
        narration.step("Do the counts add up? What the generator knows it sent against what Hive says");
        if (commands.hasFailed()) {
            narration.say("Not compared: a command has failed.");
            return;
        }
        List<DemoCheck> checks = new DemoAnswers(answers).compare(DemoIntake.of(conf), reports);
        narration.table(checks);
        if (!checks.stream().allMatch(DemoCheck::holds)) {
            narration.say("The counts do NOT add up.");
            commands.fail(ExitCode.CHECKS_FAILED.code());
        }
    }

    /** The newest date with sales; empty where there is none. A demo cannot know what its groups hold. */
    private String lastDate() throws IOException {
        try (HiveSession session = HiveSession.open(conf)) {
            return session.query("SELECT MAX(transaction_date) FROM %s.%s"
                            .formatted(Settings.DATABASE.get(conf), StarSchema.SALES_TRANSACTIONS_FACT.name()))
                    .rows()
                    .get(0)
                    .get(0);
        }
    }

    private Path landing() {
        if (options.raw().isPresent()) {
            return options.raw().get();
        }
        Path landing = options.output("landing");
        narration.step("Generate five hourly groups of 1,500 sales; group3 is group1 sent again");
        commands.run("generate", "--groups", "5", "--rows", "1500", "--seed", "7", "--out", landing.toString());
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
