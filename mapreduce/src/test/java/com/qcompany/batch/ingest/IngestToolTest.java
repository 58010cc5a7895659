package com.qcompany.batch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.generator.GroupGenerator;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashingFileSystem;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseHeldException;
import com.qcompany.warehouse.state.SequencedFiles;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestToolTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Warehouse warehouse;
    private CrashPoint.Killed lastKill;

    @BeforeEach
    void make() throws IOException {
        warehouse = new Warehouse(directory);
    }

    @Test
    void takesOneGroupACallUntilThereIsNothingToDo() throws Exception {
        GroupGenerator.of(1, 30).write(warehouse.landing, 1, 3);

        assertThat(run("--hour", "2024-07-04T16")).isEqualTo(ExitCode.OK);
        assertThat(run("--hour", "2024-07-04T17")).isEqualTo(ExitCode.OK);
        assertThat(run()).isEqualTo(ExitCode.OK);
        assertThat(run()).isEqualTo(ExitCode.NOTHING_TO_DO);

        assertThat(warehouse.records())
                .extracting(record -> record.hour() + " " + record.name() + " " + record.status())
                .containsExactly(
                        "2024-07-04-16 group1 ACCEPTED",
                        "2024-07-04-17 group2 ACCEPTED",
                        "2024-07-04-18 group3 DUPLICATE");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Accepted group2 as 2024-07-04-17: 30 sales_transactions, 10 sales_agents, 5 branches;")
                .contains("Recorded group3 as a duplicate of 2024-07-04-16/group1: it loads nothing")
                .contains("No group was accepted: none is waiting and ready");
    }

    @Test
    void recordsAsManyRowsAsWereGenerated() throws Exception {
        GroupGenerator.of(1, 300).write(warehouse.landing, 1, 5);

        assertThat(run("--all")).isEqualTo(ExitCode.OK);

        List<Long> rows = new ArrayList<>();
        for (GroupRecord record : warehouse.records()) {
            rows.add(record.files().get(2).rows());
        }
        assertThat(rows).isEqualTo(Collections.nCopies(5, 300L));
    }

    @Test
    void recognisesTheRepeatedRealGroup() throws Exception {
        Path real = Path.of(System.getProperty("q.project.root", "."), "../shared/data/real");
        Assumptions.assumeTrue(Files.isDirectory(real));

        assertThat(run(
                        Clock.systemUTC(),
                        "--all",
                        "--now",
                        "--landing",
                        real.toUri().toString()))
                .isEqualTo(ExitCode.OK);

        assertThat(warehouse.records()).extracting(GroupRecord::duplicateOf).containsExactly(null, null, 1L);
        assertThat(warehouse.records())
                .extracting(record -> record.files().get(2).rows())
                .containsOnly(1_500L);
    }

    @Test
    void waitsForAYoungFolderUnlessToldNotTo() throws Exception {
        Files.delete(warehouse.drop("group1", "one").resolve("_READY"));
        Clock now = Clock.systemUTC();

        assertThat(run(now)).isEqualTo(ExitCode.NOTHING_TO_DO);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("group1 waits: changed ");
        assertThat(run(now, "--now")).isEqualTo(ExitCode.OK);
    }

    @Test
    void takesAGroupWithoutTransactionsOnlyWhenAskedToAfterTheGracePeriod() throws Exception {
        Path folder = warehouse.drop("group1", "one");
        Files.delete(folder.resolve("sales_transactions_group1.csv"));
        Clock now = Clock.systemUTC();
        Clock later = Clock.offset(now, Duration.ofHours(2));

        assertThat(run(now, "--dims-only")).isEqualTo(ExitCode.NOTHING_TO_DO);
        assertThat(run(later)).isEqualTo(ExitCode.NOTHING_TO_DO);
        assertThat(run(later, "--dims-only")).isEqualTo(ExitCode.OK);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("although it lacks sales_transactions");

        warehouse.drop("group1", "one");
        assertThat(run(later)).isEqualTo(ExitCode.OK);
        assertThat(warehouse.records()).extracting(GroupRecord::version).containsExactly(1, 2);
    }

    @Test
    void failsAtTheEndWhenAGroupCannotBeRead() throws Exception {
        Warehouse.write(warehouse.drop("group1", "one").resolve("branches_group1.csv"), "");
        warehouse.drop("group2", "two");

        assertThat(run()).isEqualTo(ExitCode.FAILED);

        assertThat(warehouse.records()).extracting(GroupRecord::name).containsExactly("group2");
    }

    @Test
    void stopsAtOnceWhileAnotherIngestRuns() throws Exception {
        warehouse.drop("group1", "one");
        try (Lease held = Lease.acquire(
                warehouse.fs, warehouse.layout.state("leases/ingest"), "another", Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> run()).isInstanceOf(LeaseHeldException.class);
            held.verify();
        }

        assertThat(run()).isEqualTo(ExitCode.OK);
    }

    @Test
    void printsUsageForArgumentsItCannotRead() throws Exception {
        assertThatThrownBy(() -> run("--hour", "yesterday")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run("--everything")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run("group1")).isInstanceOf(UsageException.class);
        assertThat(directory.resolve("q")).doesNotExist();
    }

    @Test
    void keepsTheHourInUtcWhateverTheZone() throws Exception {
        warehouse.drop("group1", "one");
        Configuration conf = conf();
        conf.set(Settings.INGEST_ZONE.key(), "Europe/Berlin");

        assertThat(run(conf, Warehouse.CLOCK, "--hour", "2024-07-04-18")).isEqualTo(ExitCode.OK);

        assertThat(warehouse.records()).extracting(GroupRecord::hour).containsExactly("2024-07-04-16");
    }

    @Test
    void takesNothingMoreForAnHourThatHasAGroupWhenItIsRepeated() throws Exception {
        warehouse.drop("group1", "one");
        warehouse.drop("group2", "two");

        assertThat(run("--once", "--hour", "2024-07-04-05")).isEqualTo(ExitCode.OK);
        assertThat(run("--once", "--hour", "2024-07-04-05")).isEqualTo(ExitCode.NOTHING_TO_DO);
        assertThat(warehouse.records()).extracting(GroupRecord::name).containsExactly("group1");
        assertThat(run("--once", "--hour", "2024-07-04-06")).isEqualTo(ExitCode.OK);

        assertThat(warehouse.records()).extracting(GroupRecord::name).containsExactly("group1", "group2");
    }

    @Test
    void takesLateGroupsAlongWithTheHoursOwn() throws Exception {
        assertThat(run("--once", "--hour", "2024-07-04-05")).isEqualTo(ExitCode.NOTHING_TO_DO);
        assertThat(run("--once", "--hour", "2024-07-04-06")).isEqualTo(ExitCode.NOTHING_TO_DO);
        for (String name : List.of("group1", "group2", "group3", "group4")) {
            warehouse.drop(name, name);
        }

        assertThat(run("--once", "--hour", "2024-07-04-07")).isEqualTo(ExitCode.OK);

        assertThat(warehouse.records()).extracting(GroupRecord::name).containsExactly("group1", "group2", "group3");
        for (String hour : List.of("05", "06", "07")) {
            assertThat(warehouse.fs.exists(warehouse.layout.landedFlag(SourceGroup.parseHour("2024-07-04-" + hour))))
                    .as(hour)
                    .isTrue();
        }
    }

    @Test
    void anHourIsNotLandedWhereItsGroupCannotBeRead() throws Exception {
        Warehouse.write(warehouse.drop("group1", "one").resolve("branches_group1.csv"), "");

        assertThat(run("--once", "--hour", "2024-07-04-05")).isEqualTo(ExitCode.FAILED);

        assertThat(warehouse.fs.exists(warehouse.layout.landedFlag(SourceGroup.parseHour("2024-07-04-05"))))
                .isFalse();
    }

    @Test
    void flagsTheHourThatGotAGroup() throws Exception {
        warehouse.drop("group1", "one");
        var flag = warehouse.layout.takenFlag(SourceGroup.parseHour("2024-07-04-05"));

        assertThat(run("--hour", "2024-07-04-04")).isEqualTo(ExitCode.OK);
        assertThat(flag.getFileSystem(conf()).exists(flag)).isFalse();
        warehouse.drop("group2", "two");
        assertThat(run("--hour", "2024-07-04-05")).isEqualTo(ExitCode.OK);

        assertThat(flag.getFileSystem(conf()).exists(flag)).isTrue();
    }

    @Test
    void failsOnceForARefusedFolderAndThenOnlyNamesIt() throws Exception {
        Path empty = warehouse.drop("group1", "one").resolve("branches_group1.csv");
        Warehouse.write(empty, "");

        assertThat(run()).isEqualTo(ExitCode.FAILED);
        assertThat(run()).isEqualTo(ExitCode.NOTHING_TO_DO);
        warehouse.drop("group2", "two");
        assertThat(run("--all")).isEqualTo(ExitCode.OK);
        assertThat(printed()).contains("group1 is still refused. Cannot read " + empty + ": it is empty");

        Warehouse.write(empty, "branch_id,location\r\n");
        assertThat(run("--all")).isEqualTo(ExitCode.FAILED);
        warehouse.drop("group1", "one");
        assertThat(run("--all")).isEqualTo(ExitCode.OK);
        assertThat(warehouse.records()).extracting(GroupRecord::name).containsExactly("group2", "group1");
        assertThat(warehouse.files().keySet()).noneMatch(file -> file.startsWith("state/ledger/refused/"));
    }

    @Test
    void leavesOutAFolderThatIsSetAsideUntilItChangesOrIsTakenBack() throws Exception {
        Path empty = warehouse.drop("group@1", "one").resolve("branches_group@1.csv");
        Warehouse.write(warehouse.drop("group2", "two").resolve("branches_group2.csv"), "");

        assertThat(run("--set-aside", "group@1", "--set-aside", "group2")).isEqualTo(ExitCode.OK);
        assertThat(run("--all")).isEqualTo(ExitCode.NOTHING_TO_DO);
        assertThat(printed()).contains("Set aside group@1 until it changes").doesNotContain("refused");

        warehouse.drop("group2", "two");
        assertThat(run("--all")).isEqualTo(ExitCode.OK);
        assertThat(run("--take-back", "group@1")).isEqualTo(ExitCode.OK);
        assertThat(run("--all")).isEqualTo(ExitCode.FAILED);
        assertThatThrownBy(() -> run("--set-aside", "group7")).isInstanceOf(UsageException.class);
        assertThat(empty).exists();
    }

    @Test
    void namesAnIntentThatCannotBeCompletedAndAbandonsItWhenAskedTo() throws Exception {
        warehouse.drop("group1", "one");
        leaveIntent();
        FileSystem fs = warehouse.fs;
        fs.delete(new org.apache.hadoop.fs.Path(warehouse.layout.root(), "raw"), true);

        for (int run = 0; run < 2; run++) {
            assertThatIOException()
                    .isThrownBy(() -> run("--all"))
                    .withMessageContaining("Cannot complete 2024-07-04-18/group1, ")
                    .withMessageContaining("intents/0000000001.json, which an earlier ingest began")
                    .withMessageContaining("give it up with ingest --abandon");
        }
        assertThat(run("--abandon")).isEqualTo(ExitCode.OK);
        assertThat(run("--abandon")).isEqualTo(ExitCode.NOTHING_TO_DO);
        assertThat(printed())
                .contains(
                        "Abandoned the intent 0000000001.json of 2024-07-04-18/group1; the folder counts as new again")
                .contains("There is nothing to abandon");

        assertThat(run("--all")).isEqualTo(ExitCode.OK);
        assertThat(warehouse.records()).extracting(GroupRecord::name).containsExactly("group1");
    }

    @Test
    void movesTheCopyOfAnAbandonedIntentAwayAndFindsTheFolderNewAgain() throws Exception {
        warehouse.drop("group2", "one");
        leaveIntent();
        warehouse.drop("group1", "another");

        assertThat(run("--abandon")).isEqualTo(ExitCode.OK);

        assertThat(printed()).contains("; the copy was moved to ");
        assertThat(warehouse.files().keySet())
                .anyMatch(file -> file.matches("raw/.abandoned/.*/sales_transactions_group2.csv"));
        assertThat(run("--all")).isEqualTo(ExitCode.OK);
        assertThat(warehouse.records()).extracting(GroupRecord::name).containsExactly("group1", "group2");
    }

    @Test
    void abandonsAnIntentThatCannotBeRead() throws Exception {
        warehouse.drop("group1", "one");
        leaveIntent();
        Warehouse.write(directory.resolve("q/state/ledger/intents/0000000001.json"), "{\"record\"");

        assertThatIOException().isThrownBy(() -> run("--all")).withMessageContaining("ingest --abandon");
        assertThat(run("--abandon")).isEqualTo(ExitCode.OK);
        assertThat(run("--all")).isEqualTo(ExitCode.OK);
    }

    @Test
    void keepsTheRecordOfAGroupWhoseIntentIsAbandoned() throws Exception {
        warehouse.drop("group1", "one");
        killAt(changes() - 1);
        assertThat(lastKill).isNotNull();
        assertThat(warehouse.records()).hasSize(1);

        Files.deleteIfExists(directory.resolve("q/raw/2024/07/04/18/_SUCCESS"));
        assertThat(run("--abandon")).isEqualTo(ExitCode.OK);

        assertThat(printed()).contains("; the group is recorded");
        assertThat(warehouse.files()).containsKey("raw/2024/07/04/18/_SUCCESS");
        assertThat(run("--all")).isEqualTo(ExitCode.NOTHING_TO_DO);
        assertThat(warehouse.files()).containsKey("raw/2024/07/04/18/group1/_SUCCESS");
    }

    @Test
    void upgradesALedgerWithoutContentDigestsOnceAndSaysSo() throws Exception {
        warehouse.drop("group1", "one");
        assertThat(run()).isEqualTo(ExitCode.OK);
        Path record = directory.resolve("q/state/ledger/records/0000000/0000000001.json");
        Warehouse.write(record, Files.readString(record).replaceAll(".*contentDigest.*", ""));
        warehouse.drop("group2", "one");

        assertThat(run()).isEqualTo(ExitCode.OK);
        assertThat(run()).isEqualTo(ExitCode.NOTHING_TO_DO);

        assertThat(printed())
                .containsOnlyOnce("Upgraded 1 old ledger records")
                .contains("Recorded group2 as a duplicate of 2024-07-04-18/group1");
    }

    @Test
    void refusesAnOperatorsMistakesBeforeItTouchesAnything() throws Exception {
        Path group = warehouse.drop("group1", "one");

        assertThatThrownBy(() -> run("--landing", directory.resolve("nowhere").toString()))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run("--landing", group.toString())).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run("--hour", "2024-07-04T19")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run("--hour", "2024-02-30-01")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run("--hour", "2024-07-04-18", "--hour", "2024-07-04-17"))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run("--all", "--all")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run("--abandon", "--all")).isInstanceOf(UsageException.class);
        assertThat(directory.resolve("q")).doesNotExist();
    }

    /** An intent and a copy, as a run leaves them that is killed before it publishes the copy. */
    private void leaveIntent() throws IOException {
        SequencedFiles intents = new SequencedFiles(warehouse.layout.state("ledger/intents"));
        for (int change = 0; intents.last(warehouse.fs).isEmpty(); change++) {
            killAt(change);
        }
    }

    private int changes() throws IOException {
        Warehouse other = new Warehouse(Files.createDirectories(directory.resolve("counted")));
        other.drop("group1", "one");
        CrashPoint counted = CrashPoint.never();
        other.ingest(new CrashingFileSystem(other.fs, counted), "2024-07-04-18", true);
        return counted.steps();
    }

    private void killAt(int change) throws IOException {
        try {
            warehouse.ingest(new CrashingFileSystem(warehouse.fs, CrashPoint.before(change)), "2024-07-04-18", true);
        } catch (CrashPoint.Killed e) {
            lastKill = e;
        }
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private ExitCode run(String... args) throws Exception {
        return run(conf(), Clock.fixed(Warehouse.CLOCK.instant(), ZoneOffset.UTC), args);
    }

    private ExitCode run(Clock clock, String... args) throws Exception {
        return run(conf(), clock, args);
    }

    private ExitCode run(Configuration conf, Clock clock, String... args) throws Exception {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int code = ToolRunner.run(conf, new IngestTool(clock, out), args);
        return ExitCode.of(code);
    }

    private Configuration conf() {
        Configuration conf = new Configuration(false);
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        conf.setBoolean("fs.file.impl.disable.cache", true);
        conf.set(Settings.ROOT.key(), warehouse.layout.root().toString());
        conf.set(Settings.LANDING.key(), warehouse.landing.toString());
        return conf;
    }
}
