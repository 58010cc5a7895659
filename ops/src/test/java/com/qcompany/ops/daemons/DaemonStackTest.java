package com.qcompany.ops.daemons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import com.qcompany.batch.Main;
import com.qcompany.generator.GroupGenerator;
import com.qcompany.generator.SalesTruth;
import com.qcompany.ops.Servers;
import com.qcompany.ops.SiteFiles;
import com.qcompany.ops.StackOptions;
import com.qcompany.ops.Topics;
import com.qcompany.ops.hive.Statements;
import com.qcompany.warehouse.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All servers as processes, and what their deaths leave. */
@Servers
@Timeout(value = 25, unit = TimeUnit.MINUTES)
class DaemonStackTest {

    private static final Set<Service> ALL = EnumSet.complementOf(EnumSet.of(Service.KERBEROS));

    @TempDir
    Path directory;

    private DaemonStack stack;

    @BeforeEach
    void chooseDirectory() throws Exception {
        assumeThat(PostgresInstallation.newest())
                .as("Debian's package postgresql")
                .isPresent();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        assumeThatCode(() -> PostgresInstallation.newest().orElseThrow().requireReachable(directory))
                .as("PostgreSQL's user may enter %s", directory)
                .doesNotThrowAnyException();
        stack = new DaemonStack(
                StackOptions.in(directory.resolve("data")).withOozie().withJobsOnYarn());
    }

    @AfterEach
    void killWhatStillRuns() throws Exception {
        if (stack != null) {
            for (Service service : ALL) {
                kill(service);
            }
        }
    }

    @Test
    void filesTablesTopicsAndJobsSurviveTheDeathOfEveryServer() throws Exception {
        stack.up(ALL, sentence -> {});
        FileSystem fs = FileSystem.newInstance(conf());
        org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path("/kept/file");
        fs.create(file).close();
        new Topics(bootstrap()).create("kept", 1);
        new Topics(bootstrap()).send("kept", List.of("hello"));
        run("ddl");
        long first = load(0);
        assertThat(Statements.faults(conf().get("q.hive.url"), "q_dwh")).isEmpty();

        for (Service service : ALL) {
            kill(service);
            assertThat(stack.process(service).running()).isEmpty();
            stack.up(EnumSet.of(service), sentence -> {});
        }

        assertThat(stack.status()).allMatch(ServiceStatus::isUp);
        assertThat(fs.exists(file)).isTrue();
        assertThat(new Topics(bootstrap()).read("kept", "one", 1)).containsExactly("hello");
        assertThat(facts()).isEqualTo(first);
        long both = first + load(1);

        for (Service service : ALL) {
            kill(service);
        }
        assertThat(stack.anyRuns()).isFalse();
        stack.up(ALL, sentence -> {});

        assertThat(fs.exists(file)).isTrue();
        assertThat(new Topics(bootstrap()).read("kept", "two", 1)).containsExactly("hello");
        assertThat(facts()).isEqualTo(both);
        fs.close();

        List<String> said = new ArrayList<>();
        assertThat(stack.down(ALL, said::add))
                .as(
                        "%s; NodeManager: %s",
                        said, stack.process(Service.NODE_MANAGER).lastWords())
                .isEqualTo(ALL.size());
        assertThat(said)
                .map(sentence -> Service.parse(sentence.split(" ", 2)[0]))
                .isSortedAccordingTo(Collections.reverseOrder());
        assertThat(stack.anyRuns()).isFalse();
    }

    private void kill(Service service) throws Exception {
        ProcessHandle process = stack.process(service).running().orElse(null);
        if (process != null) {
            process.destroyForcibly();
            process.onExit().get(1, TimeUnit.MINUTES);
        }
    }

    /** Loads an hour on YARN; returns the facts that the generator says it has. */
    private long load(int hour) throws Exception {
        Path landing = Files.createDirectories(directory.resolve("landing-" + hour));
        SalesTruth truth = GroupGenerator.of(11 + hour, 60).write(landing, 1, 1);
        run("ingest", "--landing", landing.toString(), "--now", "--hour", "2024-07-04-0" + hour);
        run("load");
        return truth.facts();
    }

    private void run(String... args) {
        Configuration conf = conf();
        assertThat(conf.get("mapreduce.framework.name")).isEqualTo("yarn");
        assertThat(Main.run(conf, args)).as(Arrays.toString(args)).isEqualTo(ExitCode.OK.code());
    }

    private long facts() throws Exception {
        try (Connection connection = DriverManager.getConnection(conf().get("q.hive.url"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM q_dwh.sales")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Configuration conf() {
        Configuration conf = new Configuration();
        for (String name : SiteFiles.CLIENT) {
            conf.addResource(new org.apache.hadoop.fs.Path(
                    directory.resolve("data/conf").resolve(name).toUri()));
        }
        return conf;
    }

    private String bootstrap() {
        return conf().get("q.stream.bootstrap-servers");
    }
}
