package com.qcompany.ops.schedule.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.ops.schedule.FakeOozie;
import com.qcompany.ops.schedule.NominalHours;
import com.qcompany.ops.schedule.explain.Finding.State;
import java.util.List;
import java.util.Map;
import org.apache.oozie.client.CoordinatorAction.Status;
import org.apache.oozie.client.Job;
import org.junit.jupiter.api.Test;

class OozieFindingsTest {

    private static final NominalHours HOUR = NominalHours.parse("2026-01-01-05");

    private final FakeOozie oozie = new FakeOozie();
    private final OozieFindings findings =
            new OozieFindings(oozie.jobs(), List.of("landing-hourly", "sales-hourly"), false);

    @Test
    void namesWhatAnActionWaitsFor() throws Exception {
        coordinator("1-C");
        oozie.addAction(
                "1-C",
                6,
                "2026-01-01T05:00:00Z",
                Status.WAITING,
                Map.of("getMissingDependencies", "hdfs://nn/q/raw/x#"));

        assertThat(findings.of(HOUR))
                .containsExactly(
                        Finding.waiting("Oozie: sales-hourly of 2026-01-01-05 is WAITING: no hdfs://nn/q/raw/x"));
    }

    @Test
    void namesTheStepThatFailed() throws Exception {
        coordinator("1-C");
        oozie.addAction("1-C", 6, "2026-01-01T05:00:00Z", Status.KILLED, Map.of("getExternalId", "9-W"));
        oozie.addFailedWorkflow("9-W", "load", "JA018", "5: another run holds the lease");

        assertThat(findings.of(HOUR)).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(State.FAILED);
            assertThat(finding.sentence()).endsWith("step load: [JA018] 5: another run holds the lease");
        });
    }

    @Test
    void aLoadThatFailedIsPastOnceTheHourIsLoadedOtherwise() throws Exception {
        coordinator("1-C");
        oozie.addAction("1-C", 6, "2026-01-01T05:00:00Z", Status.KILLED, Map.of());

        assertThat(new OozieFindings(findings.jobs(), findings.coordinators(), true).of(HOUR))
                .extracting(Finding::state)
                .containsExactly(State.FINE);
    }

    @Test
    void theNewestJobThatHasTheHourCounts() throws Exception {
        coordinator("2-C");
        coordinator("1-C");
        oozie.addAction("2-C", 1, "2026-01-01T05:00:00Z", Status.SUCCEEDED, Map.of());
        oozie.addAction("1-C", 6, "2026-01-01T05:00:00Z", Status.KILLED, Map.of());

        assertThat(findings.of(HOUR)).extracting(Finding::state).containsExactly(State.FINE);
    }

    @Test
    void saysThatThereIsNoAction() throws Exception {
        assertThat(findings.of(HOUR)).containsExactly(Finding.fine("Oozie has no action of 2026-01-01-05"));
    }

    private void coordinator(String id) {
        oozie.addCoordinator(id, "sales-hourly", Job.Status.RUNNING, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
    }
}
