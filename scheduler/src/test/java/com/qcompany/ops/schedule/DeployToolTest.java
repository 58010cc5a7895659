package com.qcompany.ops.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeployToolTest {

    @TempDir
    Path directory;

    private SiteFiles site;

    @BeforeEach
    void makeSite() throws IOException {
        site = new SiteFiles(directory);
    }

    @Test
    void putsApplicationsJarsAndPropertiesIntoAVersion() throws IOException {
        assertThat(site.run("deploy")).isEqualTo(ExitCode.OK.code());

        Path version = onlyVersion();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(version)))
                .isEqualTo("rwxr-x---");
        assertThat(version.resolve("bundle.xml")).exists();
        assertThat(version.resolve("common/datasets.xml")).exists();
        assertThat(version.resolve("lib/q-mapreduce.jar")).hasContent("a jar");
        Properties job = new Properties();
        job.load(Files.newBufferedReader(version.resolve("job.properties")));
        assertThat(job.getProperty("appVersion"))
                .isEqualTo(version.getFileName().toString());
        assertThat(job.getProperty("oozie.bundle.application.path"))
                .isEqualTo(job.getProperty("appPath") + "/bundle.xml")
                .doesNotContain("${")
                .contains(version.getFileName().toString());
    }

    @Test
    void theSameContentIsTheSameVersion() throws IOException {
        site.run("deploy");

        assertThat(site.run("deploy")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
        assertThat(onlyVersion()).exists();
    }

    @Test
    void aVersionIsNamedForThePlatformsAndItsContent() throws IOException {
        site.run("deploy");

        assertThat(onlyVersion().getFileName().toString()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?-[0-9a-f]{12}");
    }

    @Test
    void saysInOneLineThatOozieIsAway() {
        site.run("deploy");

        assertThat(site.run("status", "-D", "q.schedule.oozie-url=http://127.0.0.1:1/oozie"))
                .isEqualTo(ExitCode.FAILED.code());
    }

    @Test
    void whatIsNotThereOrWasLeftEmptyIsAMatterOfUsage() {
        site.run("deploy");

        assertThat(site.run("deploy", "-D", "q.schedule.jars=" + directory.resolve("no.jar")))
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(site.run("validate", "--properties", "")).isEqualTo(ExitCode.USAGE.code());
        assertThat(site.run("validate", "--properties", ",")).isEqualTo(ExitCode.USAGE.code());
        assertThat(site.run("start", "--version", "")).isEqualTo(ExitCode.USAGE.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"apps", "properties"})
    void anEmptyPathIsNotTheCurrentDirectory(String option) {
        assertThatThrownBy(() -> CommandLineSyntax.of("deploy", Site.options()).parse("--" + option, ""))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot use --%s: it is empty (expected a path)", option);
    }

    @Test
    void anotherJarOrPropertyIsAnotherVersion() throws IOException {
        site.run("deploy");
        Files.writeString(site.jar(), "b jar");
        assertThat(site.run("deploy")).isEqualTo(ExitCode.OK.code());

        assertThat(site.run("deploy", "-D", "alertTo=other@example.test")).isEqualTo(ExitCode.OK.code());
        assertThat(versions()).hasSize(3);
    }

    @Test
    void aVersionThatIsDeployedAgainIsTheLatest() throws IOException {
        site.run("deploy");
        String first = site.latest().version();
        Files.setLastModifiedTime(site.versions().resolve(first), FileTime.fromMillis(1_000));
        site.run("deploy", "-D", "alertTo=other@example.test");
        assertThat(site.latest().version()).isNotEqualTo(first);

        assertThat(site.run("deploy")).isEqualTo(ExitCode.OK.code());

        assertThat(site.latest().version()).isEqualTo(first);
        assertThat(site.run("deploy")).isEqualTo(ExitCode.NOTHING_TO_DO.code());
    }

    @Test
    void aLaterFileOfPropertiesGoesOverThoseBefore() throws IOException {
        Path over = directory.resolve("over.properties");
        Files.writeString(over, "alertTo=night@example.test\n");
        String base = SiteFiles.SCHEDULER.resolve("cluster.properties").toString();

        assertThat(site.run("deploy", "--properties", base, "--properties", over.toString()))
                .isEqualTo(ExitCode.OK.code());

        assertThat(site.latest().properties().get("alertTo")).isEqualTo("night@example.test");
    }

    @Test
    void actionsGetTheContractsOfTheJobProperties() throws IOException {
        site.run("deploy", "-D", "contracts=hdfs://namenode/contracts");

        assertThat(site.latest().properties().get("contracts")).isEqualTo("hdfs://namenode/contracts");
        // Oozie 5.2 makes an empty text of a property that a job does not have.
        assertThat(onlyVersion().resolve("common/action-site.xml"))
                .content()
                .containsPattern("<name>q.contracts</name>\\s*<value>\\$\\{wf:conf\\('contracts'\\)}</value>");
        try (Stream<Path> files = Files.walk(onlyVersion())) {
            assertThat(files.filter(file -> file.endsWith("workflow.xml")).toList())
                    .filteredOn(file -> contains(file, "<main-class>"))
                    .hasSizeGreaterThan(4)
                    .allMatch(file -> contains(file, "<job-xml>${appPath}/common/action-site.xml</job-xml>"));
        }
    }

    @Test
    void deploysNothingThatHasErrors() throws IOException {
        Path broken = directory.resolve("broken");
        Files.createDirectory(broken);
        Files.writeString(broken.resolve("bundle.xml"), "<bundle-app xmlns='uri:oozie:bundle:0.2'/>");

        assertThat(site.run("deploy", "--apps", broken.toString())).isEqualTo(ExitCode.CHECKS_FAILED.code());
        assertThat(site.versions()).doesNotExist();
    }

    @Test
    void readsADeployedVersionBack() throws IOException {
        site.run("deploy");

        Released released = site.latest();

        assertThat(released.bundle()).isEqualTo("q-platform");
        assertThat(released.coordinatorNames())
                .containsExactly(
                        "landing-hourly", "sales-hourly", "app-logs-hourly", "reports-daily", "warehouse-daily");
    }

    @Test
    void aScheduleFromAnHourKeepsEveryCoordinatorsOwnTime() throws IOException {
        site.run("deploy", "-D", "start=2026-01-01T00:00Z");

        Properties job = site.latest().from(NominalHours.begin("2026-03-05-13")).bundleJob();

        assertThat(job)
                .containsEntry("start", "2026-03-05T13:00Z")
                .containsEntry("streamStart", "2026-03-05T13:01Z")
                .containsEntry("reportsStart", "2026-03-07T01:00Z")
                .containsEntry("maintenanceStart", "2026-03-07T02:00Z");
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path onlyVersion() throws IOException {
        assertThat(versions()).hasSize(1);
        return versions().toList().get(0);
    }

    private Stream<Path> versions() throws IOException {
        return Files.list(site.versions());
    }
}
