package com.qcompany.ops;

import com.qcompany.generator.GroupGenerator;
import com.qcompany.generator.SalesTruth;
import com.qcompany.hive.HiveSession;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.commons.lang3.function.FailableBooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * A day of the past that the bundle is to run over: its data, the right answers, how far it is. Clocks change on it where
 * the time zone is a European one.
 */
final class ScheduledDay {

    static final int HOURS = 24;

    private static final LocalDateTime FIRST = LocalDateTime.of(2024, 3, 31, 0, 0);
    private static final int ROWS = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Configuration conf;
    private final Path data;
    private final Narration narration;
    private final DemoCommands commands;
    private final Layout layout;
    private final FileSystem fs;
    private @Nullable SalesTruth truth;

    ScheduledDay(Configuration conf, Path data, Narration narration, DemoCommands commands) throws IOException {
        this.conf = conf;
        this.data = data;
        this.narration = narration;
        this.commands = commands;
        this.layout = Layout.of(conf);
        this.fs = layout.root().getFileSystem(conf);
    }

    void prepare() throws IOException {
        narration.step("Make tables, 24 groups of %d sales, 48,000 events of 24 hours".formatted(ROWS));
        commands.run("ddl");
        truth = generator().write(landing(), 1, HOURS);
        commands.run(("events produce --rate 0 --count 48000 --seed 7 --start 2024-03-31-00 --hours 24"
                        + " --late 0.02 --broken 0.02 --drift 0.05 --answers " + answers())
                .split(" "));
    }

    /** Deploys the applications and submits the bundle, two hours beyond the day. */
    void start() {
        narration.step("Deploy the applications and start the bundle on 2024-03-31");
        commands.run("schedule", "deploy");
        commands.run("schedule", "start", "--from", "2024-03-31-00", "--to", "2024-04-01-02");
    }

    void stop() {
        commands.run("schedule", "stop", "--now");
    }

    /** Returns when so many hours have a group in the raw zone. */
    void awaitTaken(int hours) throws IOException, InterruptedException {
        await(hours, layout::takenFlag, "taken in");
    }

    void awaitLoaded(int hours) throws IOException, InterruptedException {
        await(hours, layout::loadedFlag, "loaded");
    }

    private void await(int hours, Function<LocalDateTime, org.apache.hadoop.fs.Path> flag, String state)
            throws IOException, InterruptedException {
        Stopwatch stopwatch = new Stopwatch(narration::say);
        await(() -> flagged(flag) >= hours, "not all of %d hours are %s".formatted(hours, state));
        stopwatch.say("%d hours are %s".formatted(flagged(flag), state));
    }

    /** Returns when the day's reports are there. */
    void awaitReports() throws IOException, InterruptedException {
        org.apache.hadoop.fs.Path flag = new org.apache.hadoop.fs.Path(exports("reports"), "_SUCCESS");
        await(() -> fs.exists(flag), flag + " is not there");
        narration.say("The day's reports are in %s".formatted(exports("reports")));
    }

    private static void await(FailableBooleanSupplier<IOException> isThere, String otherwise)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isThere.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("Waited for %d minutes, and %s".formatted(PATIENCE.toMinutes(), otherwise));
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    /** Closes what is left of the stream and compares everything with what the generators know. */
    boolean compare() throws IOException {
        narration.step("Close the last hours of the stream and make all reports");
        commands.run("events", "consume", "--until-caught-up");
        commands.run("events", "compact");
        commands.run("events", "audit");
        commands.run("audit");
        Path reports = data.resolve("reports");
        commands.run("report", "--out", reports.toString());
        List<DemoCheck> checks = new ArrayList<>(sales(reports));
        checks.addAll(new DemoAnswers(answers()).compare(DemoIntake.of(conf), reports));
        narration.step("Is every figure right?");
        narration.table(checks);
        return checks.stream().allMatch(DemoCheck::holds);
    }

    private List<DemoCheck> sales(Path reports) throws IOException {
        SalesTruth expected = truth();
        return List.of(
                DemoCheck.ofTotal("sales", BigDecimal.valueOf(expected.facts()), number("COUNT(*)")),
                DemoCheck.ofTotal("units", BigDecimal.valueOf(expected.units()), number("SUM(units)")),
                DemoCheck.ofTotal("paid", expected.totalPaid(), number("SUM(total_paid_price)")),
                DemoCheck.ofCounts(
                        "units, by product",
                        expected.unitsByProduct(),
                        DemoReport.named("top_products", reports).numbers("product_id", "units")),
                DemoCheck.ofTotal(
                        "days",
                        BigDecimal.valueOf(expected.dates().size()),
                        number("COUNT(DISTINCT transaction_date)")));
    }

    /** The time from running an hour again, that no group had come for, until Hive shows its rows. */
    void measureLatency() throws IOException, InterruptedException {
        narration.step("From a group that came late, its hour run again, to rows in Hive");
        SalesTruth late = generator().write(landing(), HOURS + 1, 1);
        long wanted = truth().facts() + late.facts();
        LocalDateTime hour = FIRST.plusHours(HOURS);
        Stopwatch stopwatch = new Stopwatch(narration::say);
        commands.run(
                "schedule",
                "rerun",
                SourceGroup.HOUR.format(hour),
                "--coordinator",
                "landing-hourly",
                "--coordinator",
                "sales-hourly");
        // Not by queries, whose work would be measured with it.
        await(() -> fs.exists(layout.takenFlag(hour)) && fs.exists(layout.loadedFlag(hour)), hour + " is not loaded");
        long seen = number("COUNT(*)").longValueExact();
        if (seen != wanted) {
            throw new IOException("Cannot see all sales: %d (expected %d)".formatted(seen, wanted));
        }
        stopwatch.say("%,d more sales are visible".formatted(late.facts()));
    }

    private int flagged(Function<LocalDateTime, org.apache.hadoop.fs.Path> flag) throws IOException {
        int flagged = 0;
        for (int hour = 0; hour < HOURS; hour++) {
            flagged += fs.exists(flag.apply(FIRST.plusHours(hour))) ? 1 : 0;
        }
        return flagged;
    }

    private BigDecimal number(String aggregate) throws IOException {
        try (HiveSession session = HiveSession.open(conf)) {
            return new BigDecimal(
                    session.query("SELECT %s FROM %s.sales".formatted(aggregate, Settings.DATABASE.get(conf)))
                            .rows()
                            .get(0)
                            .get(0));
        }
    }

    private SalesTruth truth() {
        return Objects.requireNonNull(truth, "prepare comes first");
    }

    private static GroupGenerator generator() {
        return new GroupGenerator(7, ROWS, GroupGenerator.BAD_SHARE, 0);
    }

    private Path landing() throws IOException {
        return Files.createDirectories(data.resolve("landing"));
    }

    private Path answers() {
        return data.resolve("answers.json");
    }

    private org.apache.hadoop.fs.Path exports(String kind) {
        return new org.apache.hadoop.fs.Path(layout.root(), "exports/%s/%s".formatted(kind, FIRST.toLocalDate()));
    }
}
