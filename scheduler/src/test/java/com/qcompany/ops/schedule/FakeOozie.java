package com.qcompany.ops.schedule;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.oozie.client.BundleJob;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.CoordinatorJob;
import org.apache.oozie.client.Job;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.OozieClientException;
import org.apache.oozie.client.WorkflowAction;
import org.apache.oozie.client.WorkflowJob;

/** An Oozie server in memory that has what tests put into it, keeps what is asked of it, and runs nothing. */
public final class FakeOozie extends OozieClient {

    private final List<BundleJob> bundles = new ArrayList<>();
    private final List<CoordinatorJob> coordinators = new ArrayList<>();
    private final Map<String, List<CoordinatorAction>> actions = new HashMap<>();
    private final Map<String, WorkflowJob> workflows = new HashMap<>();
    private final List<Properties> submitted = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    public OozieJobs jobs() {
        return new OozieJobs(this);
    }

    List<Properties> submitted() {
        return submitted;
    }

    /** What was changed, as {@code kill ID}. */
    List<String> asked() {
        return asked;
    }

    void addBundle(String id, Job.Status status) {
        bundles.add(fake(
                BundleJob.class,
                Map.of("getId", id, "getStatus", status, "getAppName", "q-platform", "getCoordinators", coordinators)));
    }

    public void addCoordinator(String id, String name, Job.Status status, String start, String end) {
        addCoordinator(id, name, status, start, end, "/apps/q/a-version");
    }

    void addCoordinator(String id, String name, Job.Status status, String start, String end, String appPath) {
        coordinators.add(fake(
                CoordinatorJob.class,
                Map.of(
                        "getId",
                        id,
                        "getStatus",
                        status,
                        "getAppName",
                        name,
                        "getAppPath",
                        appPath + "/" + name.replace('-', '/'),
                        "getStartTime",
                        Date.from(Instant.parse(start)),
                        "getEndTime",
                        Date.from(Instant.parse(end)))));
    }

    public void addAction(
            String coordinator, int number, String time, CoordinatorAction.Status status, Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "getId",
                coordinator + "@" + number,
                "getActionNumber",
                number,
                "getStatus",
                status,
                "getNominalTime",
                Date.from(Instant.parse(time))));
        values.putAll(more);
        actions.computeIfAbsent(coordinator, id -> new ArrayList<>()).add(fake(CoordinatorAction.class, values));
    }

    public void addFailedWorkflow(String id, String step, String code, String message) {
        WorkflowAction action = fake(
                WorkflowAction.class,
                Map.of(
                        "getName", step,
                        "getStatus", WorkflowAction.Status.ERROR,
                        "getErrorCode", code,
                        "getErrorMessage", message));
        workflows.put(id, fake(WorkflowJob.class, Map.of("getId", id, "getActions", List.of(action))));
    }

    @Override
    public List<BundleJob> getBundleJobsInfo(String filter, int start, int length) {
        return bundles;
    }

    @Override
    public BundleJob getBundleJobInfo(String id) {
        return bundles.get(0);
    }

    @Override
    public List<CoordinatorJob> getCoordJobsInfo(String filter, int start, int length) {
        return coordinators.stream()
                .filter(job -> filter.equals("name=" + job.getAppName()))
                .toList();
    }

    /** Knows the filters that are used: of states, and of times from the first to before the second. */
    @Override
    public CoordinatorJob getCoordJobInfo(String id, String filter, int start, int length, String order) {
        List<CoordinatorAction> found = actions.getOrDefault(id, List.of()).stream()
                .filter(action -> matches(action, filter))
                .toList();
        return fake(CoordinatorJob.class, Map.of("getActions", found));
    }

    private static boolean matches(CoordinatorAction action, String filter) {
        if (filter.startsWith("nominaltime>=")) {
            String[] times = filter.replaceAll("nominaltime[<>=]+", "").split(";");
            String time = NominalHours.oozie(action.getNominalTime().toInstant());
            return time.compareTo(times[0]) >= 0 && time.compareTo(times[1]) < 0;
        }
        return filter.isEmpty() || List.of(filter.split(";")).contains("status=" + action.getStatus());
    }

    @Override
    public WorkflowJob getJobInfo(String id) throws OozieClientException {
        WorkflowJob workflow = workflows.get(id);
        if (workflow == null) {
            throw new OozieClientException("E0604", "Job does not exist [" + id + "]");
        }
        return workflow;
    }

    @Override
    public String run(Properties job) {
        submitted.add(job);
        return "job-" + submitted.size();
    }

    @Override
    public void kill(String id) {
        asked.add("kill " + id);
    }

    @Override
    public List<CoordinatorAction> kill(String id, String type, String scope) {
        asked.add("kill %s %s %s".formatted(id, type, scope));
        return List.of();
    }

    @Override
    public List<CoordinatorAction> reRunCoord(
            String id, String type, String scope, boolean refresh, boolean noCleanup) {
        asked.add("rerun %s %s %s".formatted(id, type, scope));
        return List.of();
    }

    /** An object whose getters return given values, or null. */
    private static <T> T fake(Class<T> type, Map<String, ?> values) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> values.get(method.getName())));
    }
}
