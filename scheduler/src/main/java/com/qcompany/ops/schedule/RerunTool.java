package com.qcompany.ops.schedule;

import static com.qcompany.warehouse.command.CommandLineSyntax.repeatable;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.apache.commons.lang3.StringUtils.substringBefore;

import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.OozieClientException;

/**
 * {@code schedule rerun HOUR|FROM..TO}: runs actions again that have ended, as {@code oozie job -rerun} does, of each
 * hour that of the newest job that has it; at most 1,000 hours at once. Their output flags are deleted first; what is in the warehouse stays, and is not loaded twice.
 *
 * <p>Actions that have not ended are left alone and named. Exits with {@link ExitCode#NOTHING_TO_DO} where there was
 * none to run again.
 */
final class RerunTool {

    static final Option COORDINATOR =
            repeatable("coordinator", "NAME", "only this one (default: all that have the hours)");

    private RerunTool() {}

    static ExitCode rerun(CommandLine line, Site site) throws IOException, OozieClientException {
        if (line.getArgList().size() != 1) {
            throw new UsageException("Cannot read hours: %s (expected HOUR or FROM..TO)".formatted(line.getArgList()));
        }
        NominalHours hours = NominalHours.parse(line.getArgList().get(0));
        Released latest = site.latest();
        return rerun(site.jobs(), hours, latest.named(line.getOptionValues(COORDINATOR), latest.coordinatorNames()));
    }

    static ExitCode rerun(OozieJobs jobs, NominalHours hours, List<String> coordinators) throws OozieClientException {
        int reruns = 0;
        Map<String, List<ActionState>> byJob = jobs.actions(coordinators, hours).stream()
                .collect(groupingBy(
                        state -> substringBefore(state.action().getId(), "@"), LinkedHashMap::new, toList()));
        for (Map.Entry<String, List<ActionState>> job : byJob.entrySet()) {
            reruns += rerun(jobs, job.getKey(), job.getValue());
        }
        if (reruns == 0) {
            System.out.printf("No action of %s has ended%n", hours);
        }
        return reruns > 0 ? ExitCode.OK : ExitCode.NOTHING_TO_DO;
    }

    private static int rerun(OozieJobs jobs, String coordinatorId, List<ActionState> states)
            throws OozieClientException {
        states.stream()
                .filter(state -> !state.hasEnded())
                .forEach(state -> System.out.printf("Left alone: %s%n", state));
        List<CoordinatorAction> ended = states.stream()
                .filter(ActionState::hasEnded)
                .map(ActionState::action)
                .toList();
        if (!ended.isEmpty()) {
            boolean refresh = true;
            boolean noCleanup = false;
            List<CoordinatorAction> again =
                    jobs.client().reRunCoord(coordinatorId, "action", StopTool.numbers(ended), refresh, noCleanup);
            again.forEach(action -> System.out.printf(
                    "Runs again: %s of %s (%s)%n",
                    states.get(0).coordinator(), ActionState.hour(action.getNominalTime()), action.getId()));
        }
        return ended.size();
    }
}
