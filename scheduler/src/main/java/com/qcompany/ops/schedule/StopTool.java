package com.qcompany.ops.schedule;

import static com.qcompany.warehouse.command.CommandLineSyntax.flag;

import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.oozie.client.BundleJob;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.CoordinatorAction.Status;
import org.apache.oozie.client.CoordinatorJob;
import org.apache.oozie.client.OozieClientException;

/**
 * {@code schedule stop}: ends the bundle for good. Hours that have not begun are given up at once, those that run are
 * waited for; with {@code --now} they are killed, which the platform is made for: the next run completes or discards
 * what they had begun. A bundle started later takes up what was given up.
 *
 * <p>{@code schedule pause} and {@code schedule resume}: a paused bundle begins no hour and no further step; a step that
 * runs ends. Resumed, it goes on there, hours that came meanwhile in order.
 *
 * <p>Each exits with {@link ExitCode#NOTHING_TO_DO} where no bundle runs.
 */
final class StopTool {

    static final Option NOW = flag("now", "kill what runs instead of waiting for it");

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /** What is done to a bundle, by its id. */
    @FunctionalInterface
    private interface Change {
        void make(String id) throws OozieClientException, InterruptedException;
    }

    private StopTool() {}

    static ExitCode stop(CommandLine line, Site site) throws IOException, OozieClientException, InterruptedException {
        return stop(site.jobs(), site.latest().bundle(), line.hasOption(NOW));
    }

    static ExitCode pause(CommandLine line, Site site) throws IOException, OozieClientException, InterruptedException {
        OozieJobs jobs = site.jobs();
        return change(jobs, site.latest().bundle(), "Paused", jobs.client()::suspend);
    }

    static ExitCode resume(CommandLine line, Site site) throws IOException, OozieClientException, InterruptedException {
        OozieJobs jobs = site.jobs();
        return change(jobs, site.latest().bundle(), "Resumed", jobs.client()::resume);
    }

    static ExitCode stop(OozieJobs jobs, String name, boolean now) throws OozieClientException, InterruptedException {
        return change(jobs, name, "Stopped", id -> {
            while (!now && stillRuns(jobs, id)) {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            }
            jobs.client().kill(id);
        });
    }

    private static ExitCode change(OozieJobs jobs, String name, String changed, Change change)
            throws OozieClientException, InterruptedException {
        Optional<BundleJob> bundle = jobs.bundle(name);
        if (bundle.isEmpty()) {
            System.out.printf("No %s runs%n", name);
            return ExitCode.NOTHING_TO_DO;
        }
        change.make(bundle.get().getId());
        System.out.printf("%s %s, %s%n", changed, name, bundle.get().getId());
        return ExitCode.OK;
    }

    /** Gives up what has not begun and says whether something goes on. */
    private static boolean stillRuns(OozieJobs jobs, String bundle) throws OozieClientException {
        boolean runs = false;
        for (CoordinatorJob coordinator : jobs.client().getBundleJobInfo(bundle).getCoordinators()) {
            List<CoordinatorAction> idle = jobs.actions(coordinator.getId(), Status.WAITING, Status.READY);
            if (!idle.isEmpty()) {
                jobs.client().kill(coordinator.getId(), "action", numbers(idle));
            }
            runs |= !jobs.actions(coordinator.getId(), Status.SUBMITTED, Status.RUNNING)
                    .isEmpty();
        }
        return runs;
    }

    /** Numbers of actions, as Oozie wants them. */
    static String numbers(List<CoordinatorAction> actions) {
        return actions.stream()
                .map(action -> Integer.toString(action.getActionNumber()))
                .collect(Collectors.joining(","));
    }
}
