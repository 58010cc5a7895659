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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All servers with Kerberos, TLS and encryption: the figures of an hour, and who gets none of it. */
@Servers
class SecuredStackTest {
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
        assertThat(run(0, Daemons.class, data.toString(), "up")).contains("Kerberos is up", "HiveServer2 is up");
    }

    @AfterEach
    void stop() throws Exception {
        if (data != null) {
            run(0, Daemons.class, data.toString(), "down");
        }
    }

    @Test
    void loadsAndAuditsAnHourForWhoMayAndRefusesOthers() throws Exception {
        Path landing = directory.resolve("landing");
        SalesTruth truth = GroupGenerator.of(7, 40).write(landing, 1, 1).total();
        run(0, Main.class, "ddl");
        run(0, Main.class, "ingest", "--landing", landing.toString(), "--now", "--hour", "2024-07-04-05");

        assertThat(run(0, Main.class, "load"))
                .contains("%d units, %s paid"
                        .formatted(
                                truth.units(),
                                truth.totalPaid().stripTrailingZeros().toPlainString()));
        assertThat(run(0, Main.class, "audit")).doesNotContain("ERROR");

        String[] guest = {"-D", "q.kerberos.principal=guest@EXAMPLE.COM"};
        assertThat(run(1, Main.class, "ingest", "--landing", landing.toString(), "--now", guest[0], guest[1]))
                .contains("Cannot ingest: Permission denied: user=guest")
                .doesNotContain("\tat ");
        String[] stranger = {"-D", "q.kerberos.principal=stranger@EXAMPLE.COM"};
        assertThat(run(1, Main.class, "load", stranger[0], stranger[1]))
                .contains("cannot log in as stranger@EXAMPLE.COM")
                .doesNotContain("\tat ");
    }

    /** What a program printed that ended as it should, in a JVM as {@code q} starts it. */
    private String run(int code, Class<?> program, String... arguments) throws Exception {
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
        Path log = directory.resolve("program.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .put(
                        "LD_LIBRARY_PATH",
                        KERBEROS.resolve("nativelib/Linux-amd64").toString());
        int ended = builder.start().waitFor();
        Path errors = directory.resolve("test.log");
        String printed = Files.readString(log) + (Files.exists(errors) ? Files.readString(errors) : "");
        Files.deleteIfExists(errors);
        assertThat(ended).as(printed).isEqualTo(code);
        return printed;
    }
}
