package com.qcompany.ops.schedule;

import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.OozieClientException;
import org.apache.oozie.client.WorkflowAction;
import org.apache.oozie.client.WorkflowJob;

/**
 * How a coordinator's action stands.
 *
 * @param coordinator name of the coordinator
 * @param action what Oozie says of it
 * @param reason what it waits for, or why it has failed; empty where there is nothing to say
 */
public record ActionState(String coordinator, CoordinatorAction action, String reason) {

    /** The coordinators that take and load an hour of sales. */
    public static final List<String> BATCH = List.of("landing-hourly", "sales-hourly");

    private static final Set<CoordinatorAction.Status> FAILURES =
            Set.of(CoordinatorAction.Status.FAILED, CoordinatorAction.Status.KILLED, CoordinatorAction.Status.TIMEDOUT);

    private static final Set<CoordinatorAction.Status> ENDS_WELL = Set.of(
            CoordinatorAction.Status.SUCCEEDED, CoordinatorAction.Status.SKIPPED, CoordinatorAction.Status.IGNORED);

    /** Asks for the reason where there can be one. */
    public static ActionState of(OozieJobs jobs, String coordinator, CoordinatorAction action)
            throws OozieClientException {
        return new ActionState(coordinator, action, reason(jobs.client(), action));
    }

    /** Whether it has ended without success. */
    public boolean hasFailed() {
        return FAILURES.contains(action.getStatus());
    }

    /** Whether it is over. */
    public boolean hasEnded() {
        return hasFailed() || ENDS_WELL.contains(action.getStatus());
    }

    /** Its nominal hour. */
    public String hour() {
        return NominalHours.hour(action.getNominalTime().toInstant());
    }

    /** {@code landing-hourly of 2026-01-01-00 is RUNNING (0000000-oozie-W)}, and why. */
    @Override
    public String toString() {
        String job = text(action.getExternalId()).map(id -> " (" + id + ")").orElse("");
        return "%s of %s is %s%s%s"
                .formatted(coordinator, hour(), action.getStatus(), job, reason.isEmpty() ? "" : ": " + reason);
    }

    private static String reason(OozieClient client, CoordinatorAction action) throws OozieClientException {
        return switch (action.getStatus()) {
            case WAITING, TIMEDOUT ->
                missing(action).map(paths -> "no " + paths).orElse("all it waits for is there");
            case READY -> "an earlier one is not done";
            case FAILED, KILLED -> failure(client, action);
            case SUBMITTED, RUNNING, SUSPENDED, SUCCEEDED, IGNORED, SKIPPED -> "";
        };
    }

    /** Oozie separates what is missing by {@code #}, and a dataset not looked at yet by {@code !!}. */
    private static Optional<String> missing(CoordinatorAction action) {
        return text(action.getMissingDependencies())
                .map(paths -> Arrays.stream(paths.split("#|!!"))
                        .filter(path -> !path.isBlank())
                        .collect(Collectors.joining(", ")))
                .filter(paths -> !paths.isEmpty());
    }

    private static String failure(OozieClient client, CoordinatorAction action) throws OozieClientException {
        Optional<String> own = text(action.getErrorMessage());
        Optional<String> workflow = text(action.getExternalId());
        if (workflow.isEmpty()) {
            return own.orElse("it was stopped before it began");
        }
        WorkflowJob job = client.getJobInfo(workflow.get());
        return job.getActions().stream()
                .filter(step -> step.getStatus() == WorkflowAction.Status.ERROR
                        || step.getStatus() == WorkflowAction.Status.FAILED
                        || step.getStatus() == WorkflowAction.Status.KILLED)
                .findFirst()
                .map(ActionState::failure)
                .or(() -> own)
                .orElse("it was stopped");
    }

    private static String failure(WorkflowAction step) {
        return "step %s: %s%s"
                .formatted(
                        step.getName(),
                        text(step.getErrorCode()).map(code -> "[" + code + "] ").orElse(""),
                        text(step.getErrorMessage()).orElse(step.getStatus().toString()));
    }

    private static Optional<String> text(@org.jspecify.annotations.Nullable String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    /** An hour, or a dash where Oozie knows none. */
    static String hour(@org.jspecify.annotations.Nullable Date time) {
        return time == null ? "-" : NominalHours.hour(time.toInstant());
    }
}
