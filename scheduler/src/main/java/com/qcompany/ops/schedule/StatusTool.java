package com.qcompany.ops.schedule;

import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.oozie.client.BundleJob;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.CoordinatorJob;
import org.apache.oozie.client.OozieClientException;

/**
 * {@code schedule status}: a table of the coordinators that have not ended, back-fills too, then each of their latest
 * actions that has not succeeded, with what it waits for or why it failed.
 *
 * <p>Exits with {@link ExitCode#OK} while all is well, {@link ExitCode#CHECKS_FAILED} where an action has failed, and
 * {@link ExitCode#NOTHING_TO_DO} where nothing is scheduled.
 */
final class StatusTool {

    private static final String ROW = "%-18s %-38s %-18s %-15s %8s %8s %8s%n";

    static final Option HOURS =
            valued("hours", "N", "actions of each coordinator that are looked at, the latest (default: 24)");

    private StatusTool() {}

    static ExitCode print(CommandLine line, Site site) throws IOException, OozieClientException {
        int hours = CommandLineSyntax.intNumber(line, HOURS.getLongOpt(), 24);
        return print(site.jobs(), site.latest(), hours);
    }

    static ExitCode print(OozieJobs jobs, Released latest, int hours) throws OozieClientException {
        Optional<BundleJob> bundle = jobs.bundle(latest.bundle());
        List<CoordinatorJob> coordinators = jobs.aliveCoordinators(latest.coordinatorNames());
        bundle.ifPresent(job -> System.out.printf("%s %s is %s%n%n", job.getAppName(), job.getId(), job.getStatus()));
        if (coordinators.isEmpty()) {
            System.out.printf("Nothing is scheduled (start it: q schedule start)%n");
            return ExitCode.NOTHING_TO_DO;
        }
        System.out.printf(ROW, "COORDINATOR", "JOB", "STATE", "NEXT HOUR", "WAITING", "RUNNING", "FAILED");
        List<ActionState> unfinished = new ArrayList<>();
        for (CoordinatorJob coordinator : coordinators) {
            unfinished.addAll(row(jobs, coordinator, hours));
        }
        if (!unfinished.isEmpty()) {
            System.out.println();
            unfinished.forEach(System.out::println);
        }
        return unfinished.stream().anyMatch(ActionState::hasFailed) ? ExitCode.CHECKS_FAILED : ExitCode.OK;
    }

    private static List<ActionState> row(OozieJobs jobs, CoordinatorJob coordinator, int hours)
            throws OozieClientException {
        List<ActionState> unfinished = new ArrayList<>();
        for (CoordinatorAction action : jobs.latestActions(coordinator.getId(), hours)) {
            if (action.getStatus() != CoordinatorAction.Status.SUCCEEDED) {
                unfinished.add(ActionState.of(jobs, coordinator.getAppName(), action));
            }
        }
        long failed = unfinished.stream().filter(ActionState::hasFailed).count();
        long waiting = unfinished.stream()
                .map(state -> state.action().getStatus())
                .filter(status ->
                        status == CoordinatorAction.Status.WAITING || status == CoordinatorAction.Status.READY)
                .count();
        long running = unfinished.stream().filter(state -> !state.hasEnded()).count() - waiting;
        System.out.printf(
                ROW,
                coordinator.getAppName(),
                coordinator.getId(),
                coordinator.getStatus(),
                ActionState.hour(coordinator.getNextMaterializedTime()),
                waiting,
                running,
                failed);
        return unfinished;
    }
}
