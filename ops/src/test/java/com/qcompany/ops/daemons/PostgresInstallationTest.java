package com.qcompany.ops.daemons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresInstallationTest {

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

    @TempDir
    Path directory;

    @Test
    void rootGivesItsProgramsToAnotherUser() {
        assertThat(new PostgresInstallation(PROGRAMS, true).command("initdb", "-D", "x"))
                .containsExactly(
                        "setpriv",
                        "--reuid=postgres",
                        "--regid=postgres",
                        "--init-groups",
                        PROGRAMS + "/initdb",
                        "-D",
                        "x");
        assertThat(new PostgresInstallation(PROGRAMS, false).command("initdb")).containsExactly(PROGRAMS + "/initdb");
    }

    @Test
    void aDirectoryThatItsUserCannotEnterIsNamed() throws IOException {
        Path closed = Files.createDirectories(directory.resolve("closed/data")).getParent();
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> new PostgresInstallation(PROGRAMS, true).requireReachable(closed.resolve("data")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its user postgres may not enter " + closed);
    }

    @Test
    void aVersionThatIsNotInstalledIsNamed() throws IOException {
        Files.writeString(directory.resolve("PG_VERSION"), "8\n");

        assertThatThrownBy(() -> PostgresInstallation.forCluster(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("apt-get install postgresql-8");
    }

    @Test
    void passwordsAreMadeOnceAndReadByTheirOwnerAlone() throws IOException {
        Path file = directory.resolve("passwords.properties");
        Passwords made = Passwords.in(file);

        assertThat(Passwords.in(file)).isEqualTo(made);
        assertThat(made.metastore()).isNotEqualTo(made.oozie()).hasSize(36);
        assertThat(made.toString()).doesNotContain(made.superuser());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
