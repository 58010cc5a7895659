package com.qcompany.ops.schedule.explain;

import com.qcompany.ops.schedule.explain.Finding.State;
import com.qcompany.warehouse.command.ExitCode;
import java.util.List;
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

    Explanation {
        batch = List.copyOf(batch);
        runs = List.copyOf(runs);
        oozie = List.copyOf(oozie);
        others = List.copyOf(others);
    }

    /** An earlier run that failed counts as long as the hour is not loaded. */
    State state() {
        boolean isLoaded = batch.stream().allMatch(finding -> finding.state() == State.FINE);
        Stream<Finding> lastRun = isLoaded ? Stream.of() : runs.stream().limit(1);
        List<State> states = Stream.of(batch.stream(), lastRun, oozie.stream())
                .flatMap(findings -> findings)
                .map(Finding::state)
                .toList();
        if (states.contains(State.FAILED)) {
            return State.FAILED;
        }
        return states.contains(State.WAITING) ? State.WAITING : State.FINE;
    }

    ExitCode exitCode() {
        return switch (state()) {
            case FINE -> ExitCode.OK;
            case WAITING -> ExitCode.NOTHING_TO_DO;
            case FAILED -> ExitCode.CHECKS_FAILED;
        };
    }

    /** The verdict, then every sentence on a line of its own. */
    String text() {
        String verdict =
                switch (state()) {
                    case FINE -> "%s is done.";
                    case WAITING -> "%s waits.";
                    case FAILED -> "%s has failed.";
                };
        StringBuilder text = new StringBuilder(verdict.formatted(hour)).append(System.lineSeparator());
        Stream.of(batch, oozie, runs, others)
                .flatMap(List::stream)
                .forEach(finding -> text.append("  ").append(finding.sentence()).append(System.lineSeparator()));
        return text.toString();
    }
}
