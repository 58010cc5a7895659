package com.qcompany.ops;

import com.qcompany.hive.HiveSession;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** The demo's hourly batch: generate, then ingest and load hour after hour, then report. */
record DemoBatch(DemoOptions options, Configuration conf, Narration narration, DemoCommands commands) {

    private static final LocalDateTime FIRST_HOUR = LocalDateTime.of(2024, 7, 1, 0, 0);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH", Locale.ROOT);
    private static final int LINES_OF_DUMP = 4;

    void run() throws IOException {
        Path landing = landing();
        int groups = groupsIn(landing);
        for (int i = 0; i < groups; i++) {
            String hour = HOUR.format(FIRST_HOUR.plusHours(i));
            narration.step("Hour %s UTC: take the next group and load it".formatted(hour));
            commands.run("ingest", "--landing", landing.toString(), "--hour", hour, "--now");
            commands.run("load");
        }
        narration.step("Three of the reports over the sales");
        commands.run("report", "top_products", "lowest_cities_online", "sales_by_category");
        String date = lastDate();
        if (!date.isEmpty()) {
            narration.step("The file for the partners: agents, products and units of %s".formatted(date));
            Path b2b = options.output("b2b");
            commands.run("dump", "--date", date, "--out", b2b.toString());
            printHead(b2b);
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
