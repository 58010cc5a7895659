package com.qcompany.ops.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.generator.GroupGenerator;
import com.qcompany.generator.SalesTruth;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.SourceGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.oozie.client.WorkflowAction;
import org.apache.oozie.client.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paths of the workflows that no coordinator takes on a good day, on a real Oozie server. */
@WithStack
class WorkflowTest {

    private static final String HOUR = "2024-07-04-05";

    @TempDir
    Path dir;

    @Test
    void failedChecksAreNotRepeatedButToldByMailAndInLoadRuns(EmbeddedStack stack) throws Exception {
        try (Schedule schedule = new Schedule(stack, "wf_checks", dir)) {
            new GroupGenerator(7, 100, 0.4, 0).write(dir, 1, 1);
            schedule.run("ingest", "--landing", dir.toString(), "--now", "--hour", HOUR);

            WorkflowJob job = schedule.ended(sales(schedule));

            assertThat(job.getStatus()).as(Schedule.describe(job)).isEqualTo(WorkflowJob.Status.KILLED);
            WorkflowAction load = action(job, "load");
            assertThat(load.getErrorCode()).isEqualTo("4");
            assertThat(load.getUserRetryCount()).isZero();
            assertThat(schedule.mails())
                    .singleElement()
                    .asString()
                    .contains("load failed for " + HOUR, job.getId())
                    .contains(HOUR + "/group1 is refused");
            assertThat(schedule.query("SELECT command, status, message FROM load_runs WHERE status = 'failed'"))
                    .startsWith("load failed " + HOUR + ": " + HOUR + "/group1 is refused");
            assertThat(schedule.query("SELECT count(*) FROM sales")).isEqualTo("0");
        }
    }

    /** The flag's directory lies below a file, and the complaint about it quotes its path. */
    @Test
    void aReasonThatIsNoXmlIsToldAllTheSame(EmbeddedStack stack) throws Exception {
        try (Schedule schedule = new Schedule(stack, "wf_reason", dir)) {
            org.apache.hadoop.fs.Path file =
                    new org.apache.hadoop.fs.Path(schedule.layout().root(), "a<b&\"c\"");
            schedule.fs().create(file).close();

            WorkflowJob job = schedule.ended(schedule.runWorkflow(
                    "sales/hourly",
                    "hour",
                    HOUR,
                    "loaded",
                    file + "/hour",
                    "taken",
                    file.toString(),
                    "scheduledIn",
                    HOUR));

            assertThat(job.getStatus()).as(Schedule.describe(job)).isEqualTo(WorkflowJob.Status.KILLED);
            assertThat(action(job, "flag").getErrorMessage()).contains("a<b&\"c\"");
            assertThat(schedule.mails()).singleElement().asString().contains("flag failed for " + HOUR);
            assertThat(schedule.query("SELECT command, message FROM load_runs WHERE status = 'failed'"))
                    .startsWith("flag " + HOUR + ": ")
                    .contains("a b \"c\"");
        }
    }

    @Test
    void aHeldLeaseIsTriedAgain(EmbeddedStack stack) throws Exception {
        try (Schedule schedule = new Schedule(stack, "wf_locked", dir)) {
            SalesTruth truth = GroupGenerator.of(7, 100).write(dir, 1, 1);
            schedule.run("ingest", "--landing", dir.toString(), "--now", "--hour", HOUR);
            String id;
            try (Lease held = Lease.acquire(
                    schedule.fs(), schedule.layout().state("leases/warehouse"), "a test", Duration.ofSeconds(1))) {
                id = sales(schedule);
                WorkflowAction waiting = Schedule.await(
                        () -> action(schedule.oozie().getJobInfo(id), "load"),
                        load -> load != null && load.getStatus() == WorkflowAction.Status.USER_RETRY,
                        load -> String.valueOf(load));
                assertThat(waiting.getErrorMessage()).contains("LOCKED");
                held.verify();
            }

            WorkflowJob job = schedule.ended(id);

            assertThat(job.getStatus()).as(Schedule.describe(job)).isEqualTo(WorkflowJob.Status.SUCCEEDED);
            assertThat(schedule.query("SELECT count(*) FROM sales")).isEqualTo(Long.toString(truth.facts()));
            assertThat(schedule.mails()).isEmpty();
        }
    }

    @Test
    void anHourThatWasLoadedIsNotLoadedAgain(EmbeddedStack stack) throws Exception {
        try (Schedule schedule = new Schedule(stack, "wf_again", dir)) {
            GroupGenerator.of(7, 100).write(dir, 1, 1);
            schedule.run("ingest", "--landing", dir.toString(), "--now", "--hour", HOUR);
            schedule.run("load");

            WorkflowJob job = schedule.ended(sales(schedule));

            assertThat(job.getStatus()).isEqualTo(WorkflowJob.Status.SUCCEEDED);
            assertThat(action(job, "load")).isNull();
        }
    }

    @Test
    void anHourForWhichNoGroupCameIsNoFailureOfTheLanding(EmbeddedStack stack) throws Exception {
        try (Schedule schedule = new Schedule(stack, "wf_empty", dir)) {
            WorkflowJob job = schedule.ended(schedule.runWorkflow("landing/hourly", "hour", HOUR));

            assertThat(job.getStatus()).as(Schedule.describe(job)).isEqualTo(WorkflowJob.Status.SUCCEEDED);
            assertThat(schedule.fs().exists(schedule.layout().takenFlag(SourceGroup.parseHour(HOUR))))
                    .isFalse();
            assertThat(schedule.fs().exists(schedule.layout().landedFlag(SourceGroup.parseHour(HOUR))))
                    .isTrue();
            assertThat(schedule.mails()).isEmpty();
        }
    }

    @Test
    void reportsAndPartnersFilesLieWhereTheyAreExpected(EmbeddedStack stack) throws Exception {
        try (Schedule schedule = new Schedule(stack, "wf_reports", dir)) {
            GroupGenerator.of(7, 300).write(dir, 1, 1);
            schedule.run("ingest", "--landing", dir.toString(), "--now", "--hour", HOUR);
            schedule.run("load");
            String day = schedule.query("SELECT max(transaction_date) FROM sales WHERE sales_agent_id IS NOT NULL");
            Path byHand = Files.createDirectories(dir.resolve("by-hand"));
            schedule.run("dump", "--date", day, "--out", byHand.toString());

            WorkflowJob job =
                    schedule.ended(schedule.runWorkflow("reports/daily", "hour", HOUR, "day", day, "weekStart", day));

            assertThat(job.getStatus()).as(Schedule.describe(job)).isEqualTo(WorkflowJob.Status.SUCCEEDED);
            String partners = "agent_product_units_%s.csv".formatted(day);
            assertThat(schedule.exported("partners/" + day + "/" + partners))
                    .isEqualTo(Files.readString(byHand.resolve(partners)))
                    .hasLineCount(Files.readAllLines(byHand.resolve(partners)).size());
            assertThat(schedule.exported("reports/" + day + "/top_products.csv"))
                    .hasLineCount(1 + products(schedule, day));
            assertThat(schedule.exported("reports/" + day + "/_SUCCESS")).isEmpty();
            assertThat(schedule.exported("partners/" + day + "/missing_hours.csv"))
                    .isEqualTo(schedule.exported("reports/" + day + "/missing_hours.csv"))
                    .startsWith("source_hour,why\r\n" + day + "-00,no group came\r\n");
            assertThat(schedule.exported("pages/" + day + "/index.html")).contains(day);
        }
    }

    private static int products(Schedule schedule, String day) throws Exception {
        return Integer.parseInt(schedule.query(
                "SELECT count(DISTINCT product_id) FROM sales WHERE transaction_date = '%s'".formatted(day)));
    }

    private static String sales(Schedule schedule) throws Exception {
        return schedule.runWorkflow(
                "sales/hourly",
                "hour",
                HOUR,
                "loaded",
                schedule.layout()
                        .loadedFlag(SourceGroup.parseHour(HOUR))
                        .getParent()
                        .toString(),
                "taken",
                schedule.layout().takenFlag(SourceGroup.parseHour(HOUR)).toString(),
                "scheduledIn",
                HOUR);
    }

    private static WorkflowAction action(WorkflowJob job, String name) {
        return job.getActions().stream()
                .filter(action -> action.getName().equals(name))
                .findFirst()
                .orElse(null);
    }
}
