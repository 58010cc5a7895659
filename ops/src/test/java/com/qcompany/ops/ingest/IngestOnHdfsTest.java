package com.qcompany.ops.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.ingest.IngestTool;
import com.qcompany.batch.ingest.Ledger;
import com.qcompany.generator.GroupGenerator;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Program;
import com.qcompany.warehouse.command.Program.Command;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.Snapshot;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ingest against a real NameNode and DataNode. */
@WithStack
class IngestOnHdfsTest {

    @TempDir
    java.nio.file.Path landing;

    private Configuration conf;
    private FileSystem fs;
    private Layout layout;

    @BeforeEach
    void configure(EmbeddedStack stack) throws Exception {
        conf = new Configuration(stack.clientConf());
        conf.set(Settings.ROOT.key(), "/ingest-" + UUID.randomUUID());
        conf.set(Settings.LANDING.key(), landing.toString());
        fs = FileSystem.get(conf);
        layout = Layout.of(conf);
    }

    @Test
    void copiesGroupsAndRecordsThemOnce() throws Exception {
        GroupGenerator.of(1, 200).write(landing, 1, 4);

        assertThat(run("--all", "--hour", "2024-07-04T18")).isEqualTo(ExitCode.OK.code());
        assertThat(run("--all", "--hour", "2024-07-04T19")).isEqualTo(ExitCode.NOTHING_TO_DO.code());

        Ledger ledger = Ledger.open(fs, layout);
        List<GroupRecord> pending = ledger.pending(Snapshot.empty());
        assertThat(ledger.lastSequence()).isEqualTo(4);
        assertThat(pending).extracting(GroupRecord::name).containsExactly("group1", "group2", "group4");
        for (GroupRecord record : pending) {
            Path raw = ledger.rawDirectory(record);
            assertThat(raw).isEqualTo(new Path(layout.root(), "raw/2024/07/04/18/" + record.name()));
            assertThat(fs.exists(new Path(raw, "_SUCCESS"))).isTrue();
            for (GroupRecord.FileRecord file : record.files()) {
                assertThat(read(new Path(raw, file.name())))
                        .isEqualTo(Files.readAllBytes(
                                landing.resolve(record.name()).resolve(file.name())));
            }
        }
        assertThat(fs.exists(new Path(layout.root(), "raw/.incoming"))).isFalse();
    }

    @Test
    void holdsNamesThatHdfsCannot() throws Exception {
        GroupGenerator.of(1, 20).write(landing, 1, 2);
        String arabic = "\u0645\u062C\u0645\u0648\u0639\u0629\u0661".repeat(7);
        java.nio.file.Path renamed = Files.move(landing.resolve("group1"), landing.resolve(arabic));
        try (var files = Files.list(renamed)) {
            for (java.nio.file.Path file :
                    files.filter(each -> each.toString().endsWith(".csv")).toList()) {
                Files.move(file, renamed.resolve(file.getFileName().toString().replace(".csv", "_07:00:00.csv")));
            }
        }
        Files.move(landing.resolve("group2"), landing.resolve("2024-07-04T18:00:00"));

        assertThat(run("--all", "--now", "--hour", "2024-07-04T18")).isEqualTo(ExitCode.OK.code());
        assertThat(run("--all", "--now", "--hour", "2024-07-04T18")).isEqualTo(ExitCode.NOTHING_TO_DO.code());

        Ledger ledger = Ledger.open(fs, layout);
        assertThat(ledger.pending(Snapshot.empty()))
                .extracting(GroupRecord::name)
                .containsExactlyInAnyOrder(arabic, "2024-07-04T18:00:00");
        for (GroupRecord record : ledger.pending(Snapshot.empty())) {
            for (GroupRecord.FileRecord file : record.files()) {
                assertThat(read(new Path(ledger.rawDirectory(record), file.rawName())))
                        .isEqualTo(Files.readAllBytes(
                                landing.resolve(record.name()).resolve(file.name())));
            }
        }
    }

    @Test
    void leavesOneWinnerWhenManyStartAtOnce() throws Exception {
        GroupGenerator.of(1, 50).write(landing, 1, 2);
        List<Integer> codes = new ArrayList<>();
        List<Thread> runs = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            Thread thread = new Thread(() -> {
                int code = run("--all");
                synchronized (codes) {
                    codes.add(code);
                }
            });
            thread.start();
            runs.add(thread);
        }
        for (Thread thread : runs) {
            thread.join();
        }

        assertThat(codes)
                .contains(ExitCode.OK.code())
                .isSubsetOf(ExitCode.OK.code(), ExitCode.LOCKED.code(), ExitCode.NOTHING_TO_DO.code());
        assertThat(Ledger.open(fs, layout).pending(Snapshot.empty()))
                .extracting(GroupRecord::name)
                .containsExactly("group1", "group2");
    }

    @Test
    void stopsAtOnceWhileAnotherHoldsTheLease() throws Exception {
        GroupGenerator.of(1, 50).write(landing, 1, 1);
        try (Lease held = Lease.acquire(fs, layout.state("leases/ingest"), "another", Duration.ofSeconds(1))) {
            assertThat(run()).isEqualTo(ExitCode.LOCKED.code());
            held.verify();
        }
        assertThat(run()).isEqualTo(ExitCode.OK.code());
    }

    private int run(String... args) {
        Program program = new Program("q-mapreduce.jar", List.of(new Command("ingest", "", IngestTool::new)));
        return program.run(conf, ArrayUtils.insert(0, args, "ingest"));
    }

    private byte[] read(Path file) throws Exception {
        try (InputStream in = fs.open(file)) {
            return in.readAllBytes();
        }
    }
}
