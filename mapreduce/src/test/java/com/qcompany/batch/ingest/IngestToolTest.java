package com.qcompany.batch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.generate.GroupGenerator;
import com.qcompany.batch.generate.Truth;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Lease;
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
                .contains("Took group2 as 2024-07-04-17: 30 sales_transactions, 10 sales_agents, 5 branches;")
                .contains("Recorded group3 as a duplicate of 2024-07-04-16/group1: it loads nothing")
                .contains("No group was taken: none is waiting and ready");
    }

    @Test
    void recordsAsManyRowsAsWereGenerated() throws Exception {
        Truth truth = GroupGenerator.of(1, 300).write(warehouse.landing, 1, 5);

        assertThat(run("--all")).isEqualTo(ExitCode.OK);

        List<Long> rows = new ArrayList<>();
        for (GroupRecord record : warehouse.records()) {
            rows.add(record.files().get(2).rows());
        }
        assertThat(rows)
                .isEqualTo(truth.groups().stream()
                        .map(group -> group.sales().lines())
                        .toList());
    }

    @Test
    void recognisesTheRepeatedRealGroup() throws Exception {
        Path real = Path.of(System.getProperty("q.project.root", "."), "../shared/data/real");
        Assumptions.assumeTrue(Files.isDirectory(real));

        assertThat(run(Clock.systemUTC(), "--all", "--now", "--landing", real.toString()))
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
                warehouse.fs, warehouse.layout.state("leases/ingest"), "another", Duration.ofMinutes(5))) {
            assertThat(run()).isEqualTo(ExitCode.LOCKED);
            held.verify();
        }

        assertThat(run()).isEqualTo(ExitCode.OK);
    }

    @Test
    void printsUsageForArgumentsItCannotRead() throws Exception {
        assertThat(run("--hour", "yesterday")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--everything")).isEqualTo(ExitCode.USAGE);
        assertThat(run("group1")).isEqualTo(ExitCode.USAGE);
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
    void flagsTheHourThatGotAGroup() throws Exception {
        warehouse.drop("group1", "one");
        var flag = warehouse.layout.takenFlag(SourceGroup.parseHour("2024-07-04-05"));

        assertThat(run("--hour", "2024-07-04-04")).isEqualTo(ExitCode.OK);
        assertThat(flag.getFileSystem(conf()).exists(flag)).isFalse();
        warehouse.drop("group2", "two");
        assertThat(run("--hour", "2024-07-04-05")).isEqualTo(ExitCode.OK);

        assertThat(flag.getFileSystem(conf()).exists(flag)).isTrue();
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
        return List.of(ExitCode.values()).stream()
                .filter(exit -> exit.code() == code)
                .findFirst()
                .orElseThrow();
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
