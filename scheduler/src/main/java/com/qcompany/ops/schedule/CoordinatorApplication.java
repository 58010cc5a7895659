package com.qcompany.ops.schedule;

import com.qcompany.ops.schedule.validate.JobProperties;
import com.qcompany.ops.schedule.validate.XmlElement;
import com.qcompany.warehouse.command.UsageException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A coordinator as it is deployed.
 *
 * @param name its name, which its jobs have too
 * @param path its directory on the cluster
 * @param startProperty job property with its first nominal time
 * @param step time between its actions
 */
record CoordinatorApplication(String name, String path, String startProperty, Duration step) {

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern FREQUENCY = Pattern.compile("\\$\\{coord:(minutes|hours|days)\\((\\d+)\\)}");

    /**
     * Reads its definition.
     *
     * @throws IllegalArgumentException if its start is no job property or its frequency not in minutes, hours or days
     */
    static CoordinatorApplication of(String path, XmlElement coordinator) {
        String name = coordinator.attribute("name");
        Matcher start = PROPERTY.matcher(coordinator.attribute("start"));
        Matcher frequency = FREQUENCY.matcher(coordinator.attribute("frequency"));
        if (!start.matches() || !frequency.matches()) {
            throw new UsageException(
                    "Cannot schedule %s: start %s, frequency %s (expected ${PROPERTY} and ${coord:hours(N)} or the like)"
                            .formatted(name, coordinator.attribute("start"), coordinator.attribute("frequency")));
        }
        ChronoUnit unit = ChronoUnit.valueOf(frequency.group(1).toUpperCase(Locale.ROOT));
        Duration step = Duration.of(Long.parseLong(frequency.group(2)), unit);
        return new CoordinatorApplication(name, path, start.group(1), step);
    }

    /**
     * Its first nominal time for a schedule that begins at an hour: as far behind as the job properties have it behind
     * their {@code start}, or the first of its own times after that.
     */
    Instant firstFrom(Instant hour, JobProperties properties) {
        Instant own = NominalHours.ofOozie(properties.get(startProperty));
        Instant earliest = hour.plus(Duration.between(NominalHours.ofOozie(properties.get("start")), own));
        long steps = -Math.floorDiv(Duration.between(earliest, own).toMinutes(), step.toMinutes());
        return own.plus(step.multipliedBy(steps));
    }
}
