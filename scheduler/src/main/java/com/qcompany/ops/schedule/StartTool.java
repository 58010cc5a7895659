package com.qcompany.ops.schedule;

import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.oozie.client.BundleJob;
import org.apache.oozie.client.OozieClientException;

/**
 * {@code schedule start}: submits the bundle of a deployed version. Hours from its start on are caught up with in order;
 * those that are in the warehouse already change nothing, and of past ones no missed service level is mailed.
 *
 * <p>Then deletes deployed versions but the newest, for going back, and those that something still runs.
 *
 * <p>While a bundle of the same name runs it exits with {@link ExitCode#LOCKED} and says which.
 */
final class StartTool {

    private static final int KEPT_VERSIONS = 3;

    private static final Option VERSION = valued("version", "VERSION", "a deployed version (default: the last)");
    private static final Option FROM = valued("from", "HOUR", "first hour, uuuu-MM-dd-HH (default: as deployed)");
    private static final Option TO = valued("to", "HOUR", "last hour (default: as deployed)");
    static final Option[] OPTIONS = {VERSION, FROM, TO};

    private StartTool() {}

    static ExitCode start(CommandLine line, Site site) throws IOException, OozieClientException {
        ReleaseStore store = new ReleaseStore(site);
        String version = line.getOptionValue(VERSION);
        Released released = scheduled(version == null ? store.latest() : store.open(version), line);
        ExitCode code = start(site.jobs(), released, Instant.now());
        if (code == ExitCode.OK) {
            deleteOld(store, site.jobs(), released);
        }
        return code;
    }

    static void deleteOld(ReleaseStore store, OozieJobs jobs, Released started)
            throws IOException, OozieClientException {
        Set<String> inUse = new HashSet<>(jobs.versionsInUse(started.coordinatorNames()));
        inUse.add(started.version());
        List<String> deleted = store.deleteOld(KEPT_VERSIONS, inUse);
        if (!deleted.isEmpty()) {
            System.out.printf("Deleted old versions that nothing runs: %s%n", String.join(", ", deleted));
        }
    }

    static ExitCode start(OozieJobs jobs, Released released, Instant now) throws OozieClientException {
        Optional<BundleJob> running = jobs.bundle(released.bundle());
        if (running.isPresent()) {
            System.err.printf(
                    "Cannot start %s: it is %s as %s (end it first: q schedule stop)%n",
                    released.bundle(), running.get().getStatus(), running.get().getId());
            return ExitCode.LOCKED;
        }
        requireHoursForEach(released, released.coordinatorNames());
        String id = jobs.run(released.withoutAlertsBefore(now).bundleJob());
        System.out.printf(
                "Started %s as %s: version %s, hours from %s until %s%n",
                released.bundle(),
                id,
                released.version(),
                released.properties().get("start"),
                released.properties().get("end"));
        return ExitCode.OK;
    }

    /** Oozie fails a whole bundle of which one coordinator ends before it begins, and refuses that coordinator alone. */
    static void requireHoursForEach(Released released, List<String> coordinators) {
        Instant end = NominalHours.ofOozie(released.properties().get("end"));
        CoordinatorApplication last = coordinators.stream()
                .map(released::coordinator)
                .max(Comparator.comparing(released::begin))
                .orElseThrow();
        Instant begin = released.begin(last);
        if (!begin.isBefore(end)) {
            throw new UsageException("Cannot run hours until %s: %s begins at %s (expected --to %s or later)"
                    .formatted(
                            NominalHours.oozie(end), last.name(), NominalHours.oozie(begin), NominalHours.hour(begin)));
        }
    }

    private static Released scheduled(Released released, CommandLine line) {
        Released scheduled = released;
        if (line.hasOption(FROM)) {
            scheduled = scheduled.from(NominalHours.begin(line.getOptionValue(FROM)));
        }
        if (line.hasOption(TO)) {
            Instant start = NominalHours.ofOozie(scheduled.properties().get("start"));
            NominalHours hours = new NominalHours(start, NominalHours.begin(line.getOptionValue(TO)));
            scheduled = scheduled.with(Map.of("end", NominalHours.oozie(hours.end())));
        }
        return scheduled;
    }
}
