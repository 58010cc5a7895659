package com.qcompany.ops.schedule;

import static com.qcompany.warehouse.command.CommandLineSyntax.flag;

import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;
import org.apache.oozie.client.BundleJob;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.CoordinatorAction.Status;
import org.apache.oozie.client.CoordinatorJob;
import org.apache.oozie.client.OozieClientException;

/**
 * {@code schedule stop}: ends the bundle for good. Hours that have not begun are given up at once, those that run are
 * waited for; with {@code --now} they are killed, which the platform is made for: the next run completes or discards
 * what they had begun.
 *
 * <p>Exits with {@link ExitCode#NOTHING_TO_DO} where no bundle runs. A bundle started later takes up what was given up.
 */
public final class StopTool extends Configured implements Tool {

    private static final Option NOW = flag("now", "kill what runs instead of waiting for it");
    private static final CommandLineSyntax SYNTAX =
            CommandLineSyntax.of("schedule stop", Site.options().addOption(NOW));
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    @Override
    public int run(String[] args) throws IOException, OozieClientException, InterruptedException {
        Site site;
        boolean now;
        try {
            CommandLine line = SYNTAX.parseOptions(args);
            site = Site.of(line, getConf());
            now = line.hasOption(NOW);
        } catch (IllegalArgumentException e) {
            return SYNTAX.refuse(e).code();
        }
        return stop(OozieJobs.of(getConf()), ReleaseStore.of(site).latest().bundle(), now)
                .code();
    }

    static ExitCode stop(OozieJobs jobs, String name, boolean now) throws OozieClientException, InterruptedException {
        Optional<BundleJob> bundle = jobs.bundle(name);
        if (bundle.isEmpty()) {
            System.out.printf("No %s runs%n", name);
            return ExitCode.NOTHING_TO_DO;
        }
        String id = bundle.get().getId();
        while (!now && stillRuns(jobs, id)) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
        jobs.client().kill(id);
        System.out.printf("Stopped %s, %s%n", name, id);
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
