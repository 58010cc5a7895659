package com.qcompany.ops.schedule;

import static com.qcompany.warehouse.command.CommandLineSyntax.repeatable;
import static com.qcompany.warehouse.command.CommandLineSyntax.required;

import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.oozie.client.CoordinatorJob;
import org.apache.oozie.client.OozieClientException;

/**
 * {@code schedule backfill}: runs coordinators of the last deployed version over hours of the past, in order, beside the
 * bundle. Hours that are in the warehouse already change nothing.
 *
 * <p>Where a coordinator that has not ended has some of the hours itself, nothing is submitted, and it exits with
 * {@link ExitCode#LOCKED}; {@code schedule rerun} is for those.
 */
final class BackfillTool {

    private static final Option FROM = required("from", "HOUR", "first hour, uuuu-MM-dd-HH");
    private static final Option TO = required("to", "HOUR", "last hour");
    private static final Option COORDINATOR = repeatable(
            "coordinator", "NAME", "only this one (default: " + String.join(" and ", ActionState.BATCH) + ")");
    static final Option[] OPTIONS = {FROM, TO, COORDINATOR};

    private BackfillTool() {}

    static ExitCode backfill(CommandLine line, Site site) throws IOException, OozieClientException {
        NominalHours hours = new NominalHours(
                NominalHours.begin(line.getOptionValue(FROM)), NominalHours.begin(line.getOptionValue(TO)));
        Released released = site.latest();
        return backfill(
                site.jobs(),
                released,
                hours,
                released.named(line.getOptionValues(COORDINATOR), ActionState.BATCH),
                Instant.now());
    }

    static ExitCode backfill(
            OozieJobs jobs, Released released, NominalHours hours, List<String> coordinators, Instant now)
            throws OozieClientException {
        List<CoordinatorJob> overlapping = jobs.aliveCoordinators(coordinators).stream()
                .filter(job -> job.getStartTime().toInstant().isBefore(hours.end())
                        && job.getEndTime().toInstant().isAfter(hours.first()))
                .toList();
        if (!overlapping.isEmpty()) {
            overlapping.forEach(job -> System.err.printf(
                    "Cannot back-fill %s by %s: %s has hours from %s until %s (run those again: q schedule rerun)%n",
                    hours,
                    job.getAppName(),
                    job.getId(),
                    ActionState.hour(job.getStartTime()),
                    ActionState.hour(job.getEndTime())));
            return ExitCode.LOCKED;
        }
        Released past = released.from(hours.first())
                .with(Map.of("end", NominalHours.oozie(hours.end())))
                .withoutAlertsBefore(now);
        StartTool.requireHoursForEach(past, coordinators);
        for (String name : coordinators) {
            String id = jobs.run(past.coordinatorJob(past.coordinator(name)));
            System.out.printf("Back-fills %s by %s as %s%n", hours, name, id);
        }
        return ExitCode.OK;
    }
}
