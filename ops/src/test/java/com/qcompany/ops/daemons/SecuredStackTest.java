package com.qcompany.ops.daemons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import com.qcompany.batch.Main;
import com.qcompany.generator.GroupGenerator;
import com.qcompany.generator.SalesTruth;
import com.qcompany.ops.ContainerClassPath;
import com.qcompany.ops.HostsFile;
import com.qcompany.ops.Servers;
import com.qcompany.ops.StackSettings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All servers with Kerberos, TLS and encryption: the figures of an hour, and who gets none of it. */
@Servers
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SecuredStackTest {
    private static final Class<?> SCHEDULE = com.qcompany.ops.schedule.Main.class;
    private static final String HOUR = "2024-07-04-05";
    private static final Path KERBEROS = ContainerClassPath.library().resolveSibling("../kerberos/target");

    @TempDir
    Path directory;

    private Path data;

    @BeforeEach
    void start() throws Exception {
        assumeThat(PostgresInstallation.newest())
                .as("Debian's package postgresql")
                .isPresent();
        assumeThat(System.getProperty("os.arch"))
                .as("a processor of the native library")
                .isEqualTo("amd64");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        assumeThatCode(() -> PostgresInstallation.newest().orElseThrow().requireReachable(directory))
                .as("PostgreSQL's user may enter %s", directory)
                .doesNotThrowAnyException();
        data = Files.createDirectories(directory.resolve("data"));
        Files.createDirectory(
                data.resolve("kerberos"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assertThat(run(0, Daemons.class, data.toString(), "up")).contains("Kerberos is up", "Oozie is up");
    }

    @AfterEach
    void stop() throws Exception {
        if (data != null) {
            run(0, Daemons.class, data.toString(), "down");
        }
    }

    /** The actions have no keytab: what they may do they may by the tokens that Oozie got for them. */
    @Test
    void aWorkflowLoadsAnHourForWhoMayAndRefusesOthers() throws Exception {
        Path landing = data.resolve("landing");
        SalesTruth truth = GroupGenerator.of(7, 40).write(landing, 1, 1);
        run(0, Main.class, "ddl");
        assertThat(run(0, SCHEDULE, "deploy")).contains("Deployed");
        run(0, SCHEDULE, "backfill", "--from", HOUR, "--to", HOUR);

        awaitEndOfWorkflow("sales-hourly");
        run(0, SCHEDULE, "explain", HOUR);

        run(0, Main.class, "report", "sales_by_category", "--format", "csv", "--out", directory.toString());
        assertThat(Files.readAllLines(directory.resolve("sales_by_category.csv")).stream()
                        .skip(1)
                        .map(row -> row.split(","))
                        .mapToLong(row -> Long.parseLong(row[row.length - 2]))
                        .sum())
                .isEqualTo(truth.units());
        run(3, Main.class, "load");
        assertThat(run(0, Main.class, "audit")).doesNotContain("ERROR");

        String[] guest = {"-D", "q.kerberos.principal=guest@EXAMPLE.COM"};
        assertThat(run(1, Main.class, "ingest", "--landing", landing.toString(), "--now", guest[0], guest[1]))
                .contains("Cannot ingest: Permission denied: user=guest")
                .doesNotContain("\tat ");
        String[] stranger = {"-D", "q.kerberos.principal=stranger@EXAMPLE.COM"};
        assertThat(run(1, Main.class, "load", stranger[0], stranger[1]))
                .contains("cannot log in as stranger@EXAMPLE.COM")
                .doesNotContain("\tat ");
        assertThat(run(1, SCHEDULE, "start", guest[0], guest[1]))
                .contains("Cannot start: Permission denied: user=guest")
                .doesNotContain("\tat ");
        assertThat(run(1, SCHEDULE, "status", "-D", "q.kerberos.principal="))
                .contains("Cannot status: no Kerberos ticket")
                .doesNotContain("\tat ");
        for (String report : List.of("sales_by_category", "customers_by_spend")) {
            assertThat(run(1, Main.class, "report", report, guest[0], guest[1]))
                    .contains("Permission denied: user=guest")
                    .doesNotContain("\tat ");
        }
        assertThat(statusOfOozieForWhoHasNoTicket()).isEqualTo(401);
    }

    /** By the server's log: to ask the server is a JVM with a ticket, each time. */
    private void awaitEndOfWorkflow(String name) throws Exception {
        Pattern atEnd = Pattern.compile("APP\\[" + name + "] .*@(end|failed)] Start action");
        while (!atEnd.matcher(Files.readString(data.resolve("oozie/logs/oozie.log")))
                .find()) {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private int statusOfOozieForWhoHasNoTicket() throws Exception {
        KeyStore trusted =
                KeyStore.getInstance(data.resolve("kerberos/trust.jks").toFile(), (char[]) null);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        String oozie = Files.readAllLines(data.resolve("services.tsv")).stream()
                .filter(line -> line.startsWith("Oozie\t"))
                .map(line -> "https://" + line.substring(6) + "/oozie/v1/admin/status")
                .findFirst()
                .orElseThrow();
        return HttpClient.newBuilder()
                .sslContext(tls)
                .build()
                .send(HttpRequest.newBuilder(URI.create(oozie)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** What a program printed that ended as it should. */
    private String run(int code, Class<?> program, String... arguments) throws Exception {
        int ended = exitCode(program, arguments);
        String printed = printed();
        assertThat(ended).as(printed).isEqualTo(code);
        return printed;
    }

    /** Runs a program in a JVM as {@code q} starts it. */
    private int exitCode(Class<?> program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dq.test.log=" + directory.resolve("test.log")));
        command.addAll(HostsFile.option());
        // After those of this JVM, in which another Kerberos server may have been.
        command.addAll(List.of(StackSettings.jvmOptions().split(" ")));
        command.addAll(List.of(
                "-Djava.security.krb5.conf=" + data.resolve("kerberos/krb5.conf"),
                "-Djavax.net.ssl.trustStore=" + data.resolve("kerberos/trust.jks"),
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + data.resolve("conf"),
                program.getName()));
        Collections.addAll(command, arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("program.log").toFile());
        builder.environment()
                .put(
                        "LD_LIBRARY_PATH",
                        KERBEROS.resolve("nativelib/Linux-amd64").toString());
        return builder.start().waitFor();
    }

    /** What it printed, which is forgotten then. */
    private String printed() throws IOException {
        Path errors = directory.resolve("test.log");
        String printed = Files.readString(directory.resolve("program.log"))
                + (Files.exists(errors) ? Files.readString(errors) : "");
        Files.deleteIfExists(errors);
        return printed;
    }
}
