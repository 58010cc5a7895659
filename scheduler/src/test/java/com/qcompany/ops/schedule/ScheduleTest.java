package com.qcompany.ops.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.CoordinatorAction.Status;
import org.apache.oozie.client.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleTest {

    private static final List<String> BATCH = List.of("landing-hourly", "sales-hourly");

    private static final Instant NOW = Instant.parse("2026-03-05T13:20:00Z");

    @TempDir
    Path directory;

    private final FakeOozie oozie = new FakeOozie();
    private SiteFiles site;
    private Released released;

    @BeforeEach
    void deploy() throws IOException {
        site = new SiteFiles(directory);
        site.run("deploy");
        released = site.latest();
    }

    @Test
    void startsTheBundleOfAVersion() throws Exception {
        assertThat(StartTool.start(oozie.jobs(), released, NOW)).isEqualTo(ExitCode.OK);

        assertThat(oozie.submitted()).singleElement().satisfies(job -> assertThat(job)
                .containsEntry(
                        "oozie.bundle.application.path", released.properties().get("appPath") + "/bundle.xml")
                .containsKey("user.name"));
    }

    @Test
    void mailsNothingOfServiceLevelsThatWerePastAtTheStart() throws Exception {
        StartTool.start(oozie.jobs(), released.from(Instant.parse("2026-03-04T00:00:00Z")), NOW);
        BackfillTool.backfill(oozie.jobs(), released, NominalHours.parse("2025-12-01-00"), BATCH, NOW);
        StartTool.start(oozie.jobs(), released.from(NOW), NOW);

        assertThat(oozie.submitted())
                .extracting(job -> job.getProperty("oozie.sla.disable.alerts"))
                .containsExactly(
                        "2026-03-04T00:00Z::2026-03-05T13:20Z",
                        "2025-12-01T00:00Z::2026-03-05T13:20Z",
                        "2025-12-01T00:00Z::2026-03-05T13:20Z",
                        null);
    }

    @Test
    void deletesOldVersionsThatNothingRuns() throws Exception {
        FileUtils.cleanDirectory(site.versions().toFile());
        assertThatThrownBy(site::latest)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("expected one: q schedule deploy");
        List<String> versions = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            site.run("deploy", "-D", "alertTo=%d@example.test".formatted(i));
            versions.add(site.latest().version());
            Files.setLastModifiedTime(site.versions().resolve(versions.get(i)), FileTime.fromMillis(1_000L * i));
        }
        Released second = site.store().open(versions.get(1));
        String first = site.versions().resolve(versions.get(0)).toUri().toString();
        oozie.addCoordinator(
                "1-C", "sales-hourly", Job.Status.RUNNING, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", first);

        StartTool.deleteOld(site.store(), oozie.jobs(), second);

        assertThat(site.versions().toFile().list())
                .as("the newest three, the one that runs, the one that was started")
                .containsExactlyInAnyOrder(
                        versions.get(5), versions.get(4), versions.get(3), versions.get(0), versions.get(1));
    }

    @Test
    void refusesASecondBundle() throws Exception {
        oozie.addBundle("1-B", Job.Status.RUNNINGWITHERROR);

        assertThat(StartTool.start(oozie.jobs(), released, NOW)).isEqualTo(ExitCode.LOCKED);
        assertThat(oozie.submitted()).isEmpty();
    }

    @Test
    void refusesAnEndBeforeACoordinatorHasBegun() {
        Released early = released.with(Map.of("end", "2026-01-01T05:00Z"));

        assertThatThrownBy(() -> StartTool.start(oozie.jobs(), early, NOW))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot run hours until 2026-01-01T05:00Z: warehouse-daily begins at 2026-01-02T02:00Z"
                        + " (expected --to 2026-01-02-02 or later)");
        assertThat(oozie.submitted()).isEmpty();
    }

    @Test
    void backFillsNothingWhereOneCoordinatorHasNoneOfTheHours() {
        NominalHours hours = NominalHours.parse("2025-12-01-04..2025-12-01-05");

        assertThatThrownBy(() -> BackfillTool.backfill(
                        oozie.jobs(), released, hours, List.of("sales-hourly", "reports-daily"), NOW))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("reports-daily begins at")
                .hasMessageContaining("(expected --to 2025-12-03-01 or later)");
        assertThat(oozie.submitted()).isEmpty();
    }

    @Test
    void aTimeThatOozieCannotReadIsAUsageError() throws Exception {
        site.run("deploy", "-D", "start=2026-01-01T00:00+0000");
        Released odd = site.latest();

        assertThatThrownBy(() -> StartTool.start(oozie.jobs(), odd, NOW))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot parse time: 2026-01-01T00:00+0000 (expected one as 2026-03-05T13:00Z)");
    }

    @Test
    void whatAnOperatorKeepsBesideVersionsIsNone() throws Exception {
        Path notes = Files.createDirectories(site.versions().resolve("notes"));
        Files.writeString(notes.resolve("why"), "Asked by Ann");

        assertThat(site.latest().version()).isEqualTo(released.version());

        Files.setLastModifiedTime(notes, FileTime.fromMillis(0));
        for (int i = 0; i < 3; i++) {
            site.run("deploy", "-D", "alertTo=%d@example.test".formatted(i));
        }
        StartTool.deleteOld(site.store(), oozie.jobs(), site.latest());
        assertThat(notes.resolve("why")).exists();
    }

    @Test
    void startsAgainAfterAnEnd() throws Exception {
        oozie.addBundle("1-B", Job.Status.KILLED);

        assertThat(StartTool.start(oozie.jobs(), released, NOW)).isEqualTo(ExitCode.OK);
    }

    @Test
    void stopGivesUpWhatHasNotBegun() throws Exception {
        oozie.addCoordinator("1-C", "sales-hourly", Job.Status.RUNNING, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
        oozie.addAction("1-C", 7, "2026-01-01T06:00:00Z", Status.WAITING, Map.of());
        oozie.addAction("1-C", 6, "2026-01-01T05:00:00Z", Status.SUCCEEDED, Map.of());
        oozie.addBundle("1-B", Job.Status.RUNNING);

        assertThat(StopTool.stop(oozie.jobs(), "q-platform", false)).isEqualTo(ExitCode.OK);
        assertThat(oozie.asked()).containsExactly("kill 1-C action 7", "kill 1-B");
    }

    @Test
    void thereIsNothingToStop() throws Exception {
        assertThat(StopTool.stop(oozie.jobs(), "q-platform", true)).isEqualTo(ExitCode.NOTHING_TO_DO);
    }

    @Test
    void backFillsTheBatchOverThePast() throws Exception {
        NominalHours hours = NominalHours.parse("2025-11-30-22..2025-12-01-03");

        assertThat(BackfillTool.backfill(oozie.jobs(), released, hours, BATCH, NOW))
                .isEqualTo(ExitCode.OK);

        assertThat(oozie.submitted()).hasSize(2).allSatisfy(job -> assertThat(job)
                .containsEntry("start", "2025-11-30T22:00Z")
                .containsEntry("end", "2025-12-01T04:00Z")
                .doesNotContainKey("oozie.bundle.application.path"));
        assertThat(oozie.submitted().get(1).getProperty("oozie.coord.application.path"))
                .endsWith("/sales/hourly");
    }

    @Test
    void doesNotBackFillHoursThatARunningCoordinatorHas() throws Exception {
        oozie.addCoordinator("1-C", "sales-hourly", Job.Status.RUNNING, "2025-12-01T00:00:00Z", "2026-02-01T00:00:00Z");

        assertThat(BackfillTool.backfill(
                        oozie.jobs(), released, NominalHours.parse("2025-11-30-22..2025-12-01-00"), BATCH, NOW))
                .isEqualTo(ExitCode.LOCKED);
        assertThat(BackfillTool.backfill(
                        oozie.jobs(), released, NominalHours.parse("2025-11-30-22..2025-11-30-23"), BATCH, NOW))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void runsAgainOnlyWhatHasEnded() throws Exception {
        oozie.addCoordinator("1-C", "sales-hourly", Job.Status.RUNNING, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
        oozie.addAction("1-C", 1, "2026-01-01T00:00:00Z", Status.SUCCEEDED, Map.of());
        oozie.addAction("1-C", 2, "2026-01-01T01:00:00Z", Status.KILLED, Map.of());
        oozie.addAction("1-C", 3, "2026-01-01T02:00:00Z", Status.TIMEDOUT, Map.of());
        oozie.addAction("1-C", 4, "2026-01-01T03:00:00Z", Status.RUNNING, Map.of());

        assertThat(RerunTool.rerun(oozie.jobs(), NominalHours.parse("2026-01-01-01..2026-01-01-03"), BATCH))
                .isEqualTo(ExitCode.OK);
        assertThat(oozie.asked()).containsExactly("rerun 1-C action 2,3");
    }

    @Test
    void runsAnHourAgainByTheNewestJobThatHasIt() throws Exception {
        oozie.addCoordinator("2-C", "sales-hourly", Job.Status.RUNNING, "2026-01-01T01:00:00Z", "2026-02-01T00:00:00Z");
        oozie.addCoordinator("1-C", "sales-hourly", Job.Status.KILLED, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
        oozie.addAction("1-C", 1, "2026-01-01T00:00:00Z", Status.SUCCEEDED, Map.of());
        oozie.addAction("1-C", 2, "2026-01-01T01:00:00Z", Status.KILLED, Map.of());
        oozie.addAction("2-C", 1, "2026-01-01T01:00:00Z", Status.SUCCEEDED, Map.of());

        RerunTool.rerun(oozie.jobs(), NominalHours.parse("2026-01-01-00..2026-01-01-03"), BATCH);

        assertThat(oozie.asked()).containsExactly("rerun 2-C action 1", "rerun 1-C action 1");
    }

    @Test
    void refusesMoreHoursThanAServerLists() {
        assertThatThrownBy(
                        () -> RerunTool.rerun(oozie.jobs(), NominalHours.parse("2026-01-01-00..2026-02-11-16"), BATCH))
                .isInstanceOf(UsageException.class)
                .hasMessage("Cannot use hours: 2026-01-01-00..2026-02-11-16 (expected at most 1000)");
    }

    @Test
    void statusSaysWhyAnActionHasFailed() throws Exception {
        oozie.addCoordinator("1-C", "sales-hourly", Job.Status.RUNNING, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
        oozie.addAction("1-C", 2, "2026-01-01T01:00:00Z", Status.KILLED, Map.of("getExternalId", "1-W"));
        oozie.addFailedWorkflow("1-W", "load", "4", "Cannot publish: 0.06 rejected");

        assertThat(StatusTool.print(oozie.jobs(), released, 24)).isEqualTo(ExitCode.CHECKS_FAILED);
        CoordinatorAction action = oozie.jobs().latestActions("1-C", 1).get(0);
        assertThat(ActionState.of(oozie.jobs(), "sales-hourly", action))
                .hasToString("sales-hourly of 2026-01-01-01 is KILLED (1-W):"
                        + " step load: [4] Cannot publish: 0.06 rejected");
    }

    @Test
    void statusSaysThatNothingIsScheduled() throws Exception {
        assertThat(StatusTool.print(oozie.jobs(), released, 24)).isEqualTo(ExitCode.NOTHING_TO_DO);
    }

    @Test
    void readsHoursAndRangesOfThem() {
        assertThat(NominalHours.parse("2026-01-01-05..2026-01-02-00").end()).isEqualTo("2026-01-02T01:00:00Z");
        assertThat(NominalHours.parse("2026-01-01-05")).hasToString("2026-01-01-05");
        assertThat(NominalHours.parse("2026-01-01T05..2026-01-02-00")).hasToString("2026-01-01-05..2026-01-02-00");
        assertThatThrownBy(() -> NominalHours.parse("2026-01-02-05..2026-01-01-05"))
                .hasMessageContaining("expected the first not after the last");
        assertThatThrownBy(() -> NominalHours.parse("2026-01-01")).hasMessageContaining("expected uuuu-MM-dd-HH");
    }
}
