package com.qcompany.ops.schedule.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.publish.RunRow;
import com.qcompany.ops.schedule.Main;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DecidedGroups;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import com.qcompany.warehouse.state.Snapshots;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainToolTest {

    private static final String HOUR = "2026-01-01-05";
    private static final LocalDateTime TIME = SourceGroup.parseHour(HOUR);

    @TempDir
    java.nio.file.Path directory;

    private final Configuration conf = new Configuration();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final SortedMap<String, Long> runs = new TreeMap<>();
    private final SortedMap<String, Version> tables = new TreeMap<>();
    private long decided;
    private FileSystem fs;
    private Layout layout;

    @BeforeEach
    void makeWarehouse() throws IOException {
        conf.set("q.root", directory.resolve("q").toUri().toString());
        conf.set(
                "q.schedule.properties", directory.resolve("cluster.properties").toString());
        layout = Layout.of(conf);
        fs = layout.root().getFileSystem(conf);
    }

    @Test
    void anHourWithoutAGroupWaitsForIt() throws IOException {
        assertThat(explain()).isEqualTo(ExitCode.NOTHING_TO_DO);
        assertThat(told())
                .startsWith(HOUR + " waits.")
                .contains("No group was taken for " + HOUR)
                .contains("raw/2026/01/01/05/_SUCCESS is not there");
    }

    @Test
    void anHourThatNoGroupCameForIsMissing() throws IOException {
        fs.create(layout.landedFlag(TIME)).close();

        assertThat(explain()).isEqualTo(ExitCode.CHECKS_FAILED);
        assertThat(told()).startsWith(HOUR + " has failed.").contains("No group came for " + HOUR + ": it is missing");
    }

    @Test
    void aGroupThatWasTakenWaitsForALoad() throws IOException {
        take("group7", 1);

        assertThat(explain()).isEqualTo(ExitCode.NOTHING_TO_DO);
        assertThat(told()).contains("Taken for " + HOUR + ": group7").contains("Not loaded yet: " + HOUR + "/group7");
    }

    @Test
    void anHourWhoseGroupsAreLoadedIsDone() throws IOException {
        take("group7", 1);
        load(1);

        assertThat(explain()).isEqualTo(ExitCode.OK);
        assertThat(told()).startsWith(HOUR + " is done.").contains("All of it is loaded");
    }

    @Test
    void saysThatAGroupWasTakenBack() throws IOException {
        take("group7", 1);
        decide(group(1, "group7", DecidedGroups.RETRACTED));
        load(1);

        assertThat(explain()).isEqualTo(ExitCode.OK);
        assertThat(told())
                .contains("Taken back: " + HOUR + "/group7 (q restore undoes it)")
                .doesNotContain("All of it is loaded");
    }

    @Test
    void aGroupThatWasTakenBackAndCorrectedIsLoaded() throws IOException {
        take("group7", 1);
        decide(group(1, "group7", DecidedGroups.RETRACTED), group(2, "group7@2", DecidedGroups.LOADED));
        load(1);

        assertThat(explain()).isEqualTo(ExitCode.OK);
        assertThat(told()).contains("All of it is loaded").doesNotContain("Taken back");
    }

    private void decide(Row... groups) throws IOException {
        tables.put(StarSchema.SOURCE_GROUPS.name(), new Version(1, new TreeMap<>(Map.of("part.parquet", (long)
                groups.length))));
        Path file = new Path(layout.tableVersion(StarSchema.SOURCE_GROUPS, 1), "part.parquet");
        try (ParquetWriter<Row> writer = ParquetRows.writer(StarSchema.SOURCE_GROUPS, file, conf)) {
            for (Row group : groups) {
                writer.write(group);
            }
        }
    }

    private static Row group(long sequence, String name, String status) {
        return new Row(StarSchema.SOURCE_GROUPS)
                .set("group_sequence", sequence)
                .set("source_group", HOUR + "/" + name)
                .set("source_hour", TIME)
                .set("status", status)
                .set("published_in", 1L)
                .set("run_id", "run-1");
    }

    @Test
    void aDuplicateHasNothingToLoad() throws IOException {
        fs.create(layout.takenFlag(TIME)).close();

        assertThat(explain()).isEqualTo(ExitCode.OK);
        assertThat(told()).contains("repeats an earlier one");
    }

    @Test
    void anHourWhoseLastRunFailedHasFailed() throws IOException {
        take("group7", 1);
        record("failure-1", "failed", "2026-01-01T05:20:00Z", HOUR + ": exit code 1", List.of());

        assertThat(explain()).isEqualTo(ExitCode.CHECKS_FAILED);
        assertThat(told())
                .startsWith(HOUR + " has failed.")
                .contains("Run failure-1: load of 2026-01-01T05:20 UTC failed: " + HOUR + ": exit code 1");
    }

    @Test
    void aFailureBeforeALaterSuccessIsHistory() throws IOException {
        take("group7", 1);
        load(1);
        record("run-1", "checks_failed", "2026-01-01T05:20:00Z", "6 % rejected", List.of(HOUR + "/group7"));
        record("run-2", "published", "2026-01-01T06:20:00Z", "", List.of(HOUR + "/group7"));

        assertThat(explain()).isEqualTo(ExitCode.OK);
        assertThat(told()).containsSubsequence("Run run-2", "Run run-1", "checks_failed: 6 % rejected");
    }

    @Test
    void anHourWhoseGroupIsRefusedHasFailed() throws IOException {
        take("group7", 1);
        RunRow run = row("run-1", "published", "2026-01-01T05:20:00Z");
        record(
                run,
                run.row()
                        .set("groups", List.of())
                        .set("groups_refused", List.of(HOUR + "/group7"))
                        .set("message", HOUR + "/group7 is refused: 40 of 100 sales are rejected"));
        publish(1, new TreeSet<>(Set.of(1L)));

        assertThat(explain()).isEqualTo(ExitCode.CHECKS_FAILED);
        assertThat(told())
                .contains("Refused: " + HOUR + "/group7")
                .contains("group7 is refused: 40 of 100 sales are rejected")
                .doesNotContain("All of it is loaded");
    }

    @Test
    void namesWhoHoldsALease() throws IOException {
        try (Lease lease =
                Lease.acquire(fs, layout.state("leases/warehouse"), "load, process 7", Duration.ofHours(1))) {
            lease.verify();
            explain();
        }

        assertThat(told()).contains("Lease warehouse is held by load, process 7");
        explain();
        assertThat(told()).contains("Nobody holds a lease");
    }

    @Test
    void tellsTheRestWhereNothingIsDeployed() throws IOException {
        explain();

        assertThat(told())
                .contains("Oozie runs nothing of the platform: Cannot read job properties")
                .contains("App log: the hour has no events");
    }

    @Test
    void refusesWhatIsNoHour() {
        assertThat(Main.run(conf, "explain", "yesterday")).isEqualTo(ExitCode.USAGE.code());
        assertThat(Main.run(conf, "explain")).isEqualTo(ExitCode.USAGE.code());
    }

    private ExitCode explain() throws IOException {
        told.reset();
        ExplainTool tool = new ExplainTool();
        tool.setConf(conf);
        PrintStream before = System.out;
        System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            return ExitCode.of(tool.run(new String[] {HOUR}));
        } finally {
            System.setOut(before);
        }
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    private void take(String group, long sequence) throws IOException {
        Path raw = layout.rawGroup(TIME, group);
        fs.mkdirs(raw);
        ImmutableFiles.write(
                fs,
                new Path(layout.state("ledger"), "records/0000000/%010d.json".formatted(sequence)),
                new GroupRecord(
                        sequence,
                        group,
                        1,
                        HOUR,
                        GroupRecord.Status.ACCEPTED,
                        null,
                        "raw/2026/01/01/05/" + group,
                        List.of(),
                        "2026-01-01T05:00:00Z"));
        fs.create(layout.takenFlag(TIME)).close();
    }

    private void load(long upTo) throws IOException {
        publish(upTo, new TreeSet<>());
    }

    /** The next snapshot, with all runs that were recorded. */
    private void publish(long decidedUpTo, SortedSet<Long> refused) throws IOException {
        decided = decidedUpTo;
        SortedMap<String, SortedMap<String, Version>> partitions = new TreeMap<>();
        if (!runs.isEmpty()) {
            partitions.put(
                    StarSchema.LOAD_RUNS.name(),
                    new TreeMap<>(Map.of("2026-01-01", new Version(1, new TreeMap<>(runs)))));
        }
        Snapshots.write(
                fs,
                layout,
                new Snapshot(
                        Snapshot.FORMAT,
                        Snapshots.latest(fs, layout).sequence() + 1,
                        0,
                        tables,
                        partitions,
                        decidedUpTo,
                        new TreeSet<>(),
                        refused,
                        List.of()));
    }

    private void record(String run, String status, String start, String message, List<String> groups)
            throws IOException {
        RunRow row = row(run, status, start);
        record(row, row.row().set("groups", groups).set("message", message));
        publish(decided, new TreeSet<>());
    }

    private static RunRow row(String run, String status, String start) {
        Instant begin = Instant.parse(start);
        return new RunRow(run, "load", status, begin, begin.plusSeconds(60));
    }

    private void record(RunRow run, Row row) throws IOException {
        String name = run.runId() + ".parquet";
        Path file = new Path(layout.partitionVersion(StarSchema.LOAD_RUNS, List.of("2026-01-01"), 1), name);
        try (ParquetWriter<Row> writer = ParquetRows.writer(StarSchema.LOAD_RUNS, file, conf)) {
            writer.write(row);
        }
        runs.put(name, 1L);
    }
}
