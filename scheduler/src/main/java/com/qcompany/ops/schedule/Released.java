package com.qcompany.ops.schedule;

import static org.apache.oozie.client.OozieClient.SLA_DISABLE_ALERT;

import com.qcompany.ops.schedule.validate.JobProperties;
import com.qcompany.warehouse.command.UsageException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A version that lies on the cluster.
 *
 * @param version its name
 * @param directory where it lies; {@code appPath}
 * @param bundle name of its bundle
 * @param properties its job properties
 * @param coordinators what its bundle runs
 */
public record Released(
        String version,
        Path directory,
        String bundle,
        JobProperties properties,
        List<CoordinatorApplication> coordinators) {

    public Released {
        coordinators = List.copyOf(coordinators);
    }

    /** Names of its coordinators. */
    public List<String> coordinatorNames() {
        return coordinators.stream().map(CoordinatorApplication::name).toList();
    }

    /**
     * A coordinator by its name.
     *
     * @throws IllegalArgumentException if there is none
     */
    CoordinatorApplication coordinator(String name) {
        return coordinators.stream()
                .filter(coordinator -> coordinator.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "Cannot find coordinator: %s (expected one of %s)".formatted(name, coordinatorNames())));
    }

    /** Its first hour. */
    Instant begin(CoordinatorApplication coordinator) {
        return NominalHours.ofOozie(properties.get(coordinator.startProperty()));
    }

    /** Names of coordinators that an option gives, each of which must be deployed. */
    List<String> named(String @Nullable [] names, List<String> otherwise) {
        return names == null
                ? otherwise
                : Stream.of(names)
                        .map(name -> coordinator(name).name())
                        .distinct()
                        .toList();
    }

    /** Job properties of the same version with other values, and a schedule that begins at an hour. */
    Released from(Instant hour) {
        Map<String, String> starts = new HashMap<>(Map.of("start", NominalHours.oozie(hour)));
        coordinators.forEach(coordinator ->
                starts.put(coordinator.startProperty(), NominalHours.oozie(coordinator.firstFrom(hour, properties))));
        return with(starts);
    }

    /** The same without mails about service levels of hours that are past, which nobody can meet any more. */
    Released withoutAlertsBefore(Instant now) {
        Instant start = NominalHours.ofOozie(properties.get("start"));
        return start.isBefore(now)
                ? with(Map.of(SLA_DISABLE_ALERT, NominalHours.oozie(start) + "::" + NominalHours.oozie(now)))
                : this;
    }

    Released with(Map<String, String> values) {
        return new Released(version, directory, bundle, properties.with(values), coordinators);
    }

    Properties bundleJob() {
        return properties.resolved();
    }

    /** What submits one of its coordinators without the bundle. */
    Properties coordinatorJob(CoordinatorApplication coordinator) {
        Properties job = properties.resolved();
        job.remove("oozie.bundle.application.path");
        job.setProperty("oozie.coord.application.path", coordinator.path());
        return job;
    }
}
