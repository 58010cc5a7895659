package com.qcompany.ops.schedule.explain;

import com.qcompany.ops.schedule.explain.Finding.State;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of an hour, and what that means.
 *
 * @param hour nominal hour, {@code uuuu-MM-dd-HH}
 * @param batch of its group
 * @param runs of loads that name it, the last first
 * @param oozie of its actions
 * @param others what it does not depend on
 */
record Explanation(String hour, List<Finding> batch, List<Finding> runs, List<Finding> oozie, List<Finding> others) {

    /** An earlier run that failed counts as long as the hour is not loaded. */
    State state() {
        boolean isLoaded = batch.stream().allMatch(finding -> finding.state() == State.FINE);
        return Stream.of(batch.stream(), runs.stream().limit(isLoaded ? 0 : 1), oozie.stream())
                .flatMap(findings -> findings)
                .map(Finding::state)
                .max(Comparator.naturalOrder())
                .orElse(State.FINE);
    }

    /** The verdict, then every sentence on a line of its own. */
    String text() {
        return Stream.of(batch, oozie, runs, others)
                .flatMap(List::stream)
                .map(finding -> "  %s%n".formatted(finding.sentence()))
                .collect(Collectors.joining("", "%s %s%n".formatted(hour, state().verdict), ""));
    }
}
