package com.qcompany.ops.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.generator.GroupGenerator;
import com.qcompany.generator.SalesTruth;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.state.SourceGroup;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.CoordinatorJob;
import org.apache.oozie.client.OozieClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bundle over three past hours, on a real Oozie server: batch, stream, a day's reports and maintenance; then a rerun,
 * and an hour that has no group.
 */
@WithStack
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BundleTest {

    private static final DateTimeFormatter OOZIE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'");
    private static final int EVENTS = 2_000;
    private static final int HOURS = 3;

    /** Recent enough for alerts about service levels, which Oozie does not send for what is long past. */
    private static final LocalDateTime FIRST =
            LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.HOURS).minusHours(12);

    @TempDir
    static Path landing;

    private static Schedule schedule;
    private static SalesTruth truth;
    private static Map<String, CoordinatorJob> coordinators;

    @BeforeAll
    static void runTheBundle(EmbeddedStack stack) throws Exception {
        schedule = new Schedule(stack, "bundle", landing);
        truth = new GroupGenerator(7, 200, GroupGenerator.BAD_SHARE, 0).write(landing, 1, HOURS);
        assertThat(com.qcompany.generator.Main.run(
                        schedule.conf(), "produce", "--rate", "0", "--count", "" + EVENTS, "--seed", "1"))
                .isZero();
        String bundle = schedule.oozie()
                .run(schedule.with(
                        OozieClient.BUNDLE_APP_PATH,
                        "${appPath}/bundle.xml",
                        "start",
                        time(FIRST),
                        "end",
                        time(FIRST.plusHours(HOURS)),
                        OozieClient.SLA_DISABLE_ALERT, // as schedule start has it
                        time(FIRST) + "::" + time(FIRST.plusHours(HOURS)),
                        "streamStart",
                        time(FIRST.plusHours(1).plusMinutes(1)),
                        "reportsStart",
                        time(FIRST.plusHours(2).plusMinutes(30)),
                        "maintenanceStart",
                        time(FIRST.plusHours(2).plusMinutes(30))));
        coordinators = Schedule.await(
                        () -> schedule.oozie().getBundleJobInfo(bundle).getCoordinators(),
                        jobs -> jobs.size() == 5 && jobs.stream().allMatch(BundleTest::isAtEnd),
                        jobs -> jobs.stream()
                                .map(job -> job.getAppName() + " " + job.getStatus())
                                .toList()
                                .toString())
                .stream()
                .collect(Collectors.toMap(CoordinatorJob::getAppName, job -> job));
    }

    @AfterAll
    static void close() throws Exception {
        schedule.close();
    }

    @Test
    @Order(1)
    void everyHourThatHasAGroupIsLoadedOnce() throws Exception {
        assertThat(schedule.query("SELECT count(*), sum(units), sum(total_paid_price) FROM sales"))
                .isEqualTo("%d %d %s"
                        .formatted(
                                truth.facts(), truth.units(), truth.totalPaid().setScale(6)));
        assertStatuses("landing-hourly", Map.entry("SUCCEEDED", 3L));
        assertStatuses("sales-hourly", Map.entry("SUCCEEDED", 3L));
        for (int hour = 0; hour < HOURS; hour++) {
            org.apache.hadoop.fs.Path flag = schedule.layout().loadedFlag(FIRST.plusHours(hour));
            assertThat(schedule.fs().exists(flag)).as("hour %d", hour).isTrue();
        }
    }

    @Test
    @Order(2)
    void noServiceLevelIsMissedByHoursThatWerePast() {
        assertThat(schedule.mails()).noneMatch(mail -> mail.contains("SLA"));
    }

    @Test
    @Order(3)
    void theStreamIsLandedAndItsHoursAreQueried() throws Exception {
        assertStatuses("app-logs-hourly", Map.entry("SKIPPED", 1L), Map.entry("SUCCEEDED", 1L));
        String closed = schedule.query("SELECT count(*) FROM kafka");
        assertThat(Integer.parseInt(closed)).isPositive().isLessThanOrEqualTo(EVENTS);
    }

    @Test
    @Order(4)
    void reportsAndMaintenanceAreDone() throws Exception {
        assertStatuses("reports-daily", Map.entry("SUCCEEDED", 1L));
        assertStatuses("warehouse-daily", Map.entry("SUCCEEDED", 1L));
        String day = FIRST.plusHours(2).minusDays(1).toLocalDate().toString();
        assertThat(schedule.exported("reports/" + day + "/sales_by_category.csv"))
                .isNotEmpty();
    }

    @Test
    @Order(5)
    void aRerunRepeatsNothing() throws Exception {
        String before = schedule.query("SELECT count(*), sum(total_paid_price) FROM sales");
        String runs = schedule.query("SELECT count(*) FROM load_runs");
        CoordinatorAction second = actions("sales-hourly").get(1);

        assertThat(schedule.command("rerun", hour(1), "--coordinator", "sales-hourly"))
                .isZero();

        CoordinatorAction again = Schedule.await(
                () -> schedule.oozie().getCoordActionInfo(second.getId()),
                action -> action.getStatus() == CoordinatorAction.Status.SUCCEEDED
                        && !action.getExternalId().equals(second.getExternalId()),
                action -> action.getStatus().toString());

        assertThat(again.getErrorCode()).isNullOrEmpty();
        assertThat(schedule.query("SELECT count(*), sum(total_paid_price) FROM sales"))
                .isEqualTo(before);
        assertThat(schedule.query("SELECT count(*) FROM load_runs")).isEqualTo(runs);
        assertThat(schedule.fs().exists(schedule.layout().loadedFlag(FIRST.plusHours(1))))
                .isTrue();
    }

    @Test
    @Order(6)
    void anHourWhoseLandingNeverEndsTimesOutIntoAnAlertOfItsOwnVersion() throws Exception {
        String id = schedule.oozie()
                .run(schedule.with(
                        OozieClient.COORDINATOR_APP_PATH,
                        "${appPath}/sales/hourly",
                        "start",
                        time(FIRST.plusHours(HOURS)),
                        "end",
                        time(FIRST.plusHours(HOURS + 1)),
                        "hourTimeout",
                        "1"));
        assertThat(schedule.command("deploy", "-D", "alertTo=nobody@localhost")).isZero();

        CoordinatorJob job = Schedule.await(
                () -> schedule.oozie().getCoordJobInfo(id), BundleTest::isAtEnd, found -> found.getStatus()
                        .toString());

        CoordinatorAction missing = job.getActions().get(0);
        assertThat(missing.getStatus()).isEqualTo(CoordinatorAction.Status.TIMEDOUT);
        assertThat(schedule.command("explain", hour(HOURS))).isNotEqualTo(ExitCode.OK.code());
        String alert = mail("SLA", missing.getId());
        assertThat(alert).contains("sales-hourly " + hour(HOURS), "q explain " + hour(HOURS));
        Matcher link = Pattern.compile("Job URL - (\\S+)").matcher(alert);
        assertThat(link.find()).isTrue();
        assertThat(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(URI.create(link.group(1))).build(), BodyHandlers.ofString())
                        .body())
                .contains("q explain HOUR");
    }

    /** Of the present hour, for others nobody is told; of the next one, where that begins in a moment. */
    @Test
    @Order(7)
    void anHourThatNoGroupCameForIsToldAndKeepsNothingAway() throws Exception {
        LocalDateTime hour = LocalDateTime.now(ZoneOffset.UTC).plusMinutes(1).truncatedTo(ChronoUnit.HOURS);
        schedule.fs().create(schedule.layout().landedFlag(hour)).close();

        String id = schedule.oozie()
                .run(schedule.with(
                        OozieClient.COORDINATOR_APP_PATH,
                        "${appPath}/sales/hourly",
                        "start",
                        time(hour),
                        "end",
                        time(hour.plusHours(1))));

        assertThat(mail("no group came for " + SourceGroup.HOUR.format(hour))).contains("missing_hours.csv");
        CoordinatorJob job = Schedule.await(
                () -> schedule.oozie().getCoordJobInfo(id), BundleTest::isAtEnd, found -> found.getStatus()
                        .toString());
        assertThat(job.getStatus()).isEqualTo(CoordinatorJob.Status.SUCCEEDED);
        assertThat(schedule.fs().exists(schedule.layout().loadedFlag(hour))).isTrue();
        assertThat(schedule.command("explain", SourceGroup.HOUR.format(hour))).isEqualTo(ExitCode.CHECKS_FAILED.code());
    }

    private static String mail(String... texts) throws Exception {
        return Schedule.await(
                        () -> schedule.mails().stream()
                                .filter(mail -> Stream.of(texts).allMatch(mail::contains))
                                .toList(),
                        mails -> !mails.isEmpty(),
                        mails -> "no mail with " + List.of(texts))
                .get(0);
    }

    @Test
    @Order(8)
    void aBackFillTakesAndLoadsHoursThatNobodyHas() throws Exception {
        new GroupGenerator(8, 50, 0, 0).write(landing, HOURS + 1, 2);
        long before = Long.parseLong(schedule.query("SELECT count(*) FROM sales"));

        assertThat(schedule.command("backfill", "--from", hour(HOURS + 1), "--to", hour(HOURS + 2)))
                .isZero();
        Schedule.await(
                () -> schedule.command("explain", hour(HOURS + 1)) + schedule.command("explain", hour(HOURS + 2)),
                codes -> codes == 0,
                codes -> "exit codes of explain add up to " + codes);

        assertThat(Long.parseLong(schedule.query("SELECT count(*) FROM sales"))).isGreaterThan(before);
    }

    private static String hour(int number) {
        return SourceGroup.HOUR.format(FIRST.plusHours(number));
    }

    @SafeVarargs
    private static void assertStatuses(String coordinator, Map.Entry<String, Long>... statuses) throws Exception {
        List<CoordinatorAction> actions = actions(coordinator);
        List<String> workflows = new ArrayList<>();
        for (CoordinatorAction action : actions) {
            if (action.getExternalId() != null) {
                workflows.add(Schedule.describe(schedule.oozie().getJobInfo(action.getExternalId())));
            }
        }
        Map<String, Long> found = actions.stream()
                .collect(Collectors.groupingBy(
                        action -> action.getStatus().toString(), TreeMap::new, Collectors.counting()));
        assertThat(found).as("%s: %s", coordinator, workflows).containsOnly(statuses);
    }

    private static List<CoordinatorAction> actions(String coordinator) throws Exception {
        return schedule.oozie().getCoordJobInfo(coordinators.get(coordinator).getId()).getActions().stream()
                .sorted(Comparator.comparing(CoordinatorAction::getActionNumber))
                .toList();
    }

    private static boolean isAtEnd(CoordinatorJob job) {
        return switch (job.getStatus()) {
            case SUCCEEDED, DONEWITHERROR, KILLED, FAILED -> true;
            default -> false;
        };
    }

    private static String time(LocalDateTime time) {
        return OOZIE_TIME.format(time);
    }
}
