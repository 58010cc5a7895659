package com.qcompany.ops.schedule;

import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.Settings.OozieAuthentication;
import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.security.PrivilegedExceptionAction;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.oozie.client.AuthOozieClient;
import org.apache.oozie.client.BundleJob;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.CoordinatorJob;
import org.apache.oozie.client.Job;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.OozieClientException;

/** The jobs of the platform on an Oozie server. Every call is a request; an unreachable server is an exception. */
public record OozieJobs(OozieClient client) {

    private static final Set<Job.Status> ENDED = EnumSet.of(
            Job.Status.SUCCEEDED, Job.Status.DONEWITHERROR, Job.Status.KILLED, Job.Status.FAILED, Job.Status.IGNORED);
    private static final int MOST_JOBS = 1_000;

    /** The server that the settings name. */
    public static OozieJobs of(Configuration conf) {
        String url = Settings.SCHEDULE_OOZIE_URL.get(conf);
        OozieAuthentication authentication = Settings.SCHEDULE_AUTHENTICATION.get(conf);
        OozieClient client =
                switch (authentication) {
                    case NONE -> new OozieClient(url);
                    case SIMPLE -> new AuthOozieClient(url, authentication.name());
                    case KERBEROS -> new KerberosClient(url, authentication.name());
                };
        client.setRetryCount(1);
        return new OozieJobs(client);
    }

    /** Asks as the user whom the program has logged in. */
    private static final class KerberosClient extends AuthOozieClient {

        KerberosClient(String url, String authentication) {
            super(url, authentication);
        }

        @Override
        protected HttpURLConnection createConnection(URL url, String method) throws IOException, OozieClientException {
            try {
                return UserGroupInformation.getCurrentUser()
                        .doAs((PrivilegedExceptionAction<HttpURLConnection>) () -> super.createConnection(url, method));
            } catch (UndeclaredThrowableException e) {
                throw (OozieClientException) e.getCause();
            } catch (InterruptedException e) {
                throw new InterruptedIOException("Interrupted while waiting for Oozie");
            }
        }
    }

    /** The bundle of a name that has not ended. */
    Optional<BundleJob> bundle(String name) throws OozieClientException {
        return client.getBundleJobsInfo("name=" + name, 1, MOST_JOBS).stream()
                .filter(job -> !ENDED.contains(job.getStatus()))
                .findFirst();
    }

    /** Jobs of coordinators of some names, the newest first, in the order of the names. */
    private List<CoordinatorJob> coordinators(List<String> names) throws OozieClientException {
        List<CoordinatorJob> jobs = new ArrayList<>();
        for (String name : names) {
            jobs.addAll(client.getCoordJobsInfo("name=" + name, 1, MOST_JOBS));
        }
        return jobs;
    }

    /** Those of them that have not ended. */
    List<CoordinatorJob> aliveCoordinators(List<String> names) throws OozieClientException {
        return coordinators(names).stream()
                .filter(job -> !ENDED.contains(job.getStatus()))
                .toList();
    }

    /** Versions whose applications, {@code …/VERSION/DATASET/FREQUENCY}, coordinators that have not ended run. */
    Set<String> versionsInUse(List<String> names) throws OozieClientException {
        return aliveCoordinators(names).stream()
                .map(job -> new Path(job.getAppPath()).getParent().getParent().getName())
                .collect(Collectors.toSet());
    }

    /**
     * Actions of coordinators of some names whose nominal times lie in some hours, without reasons: of each hour that of
     * the newest job that has it, also where older ones, of bundles that were stopped, had it too.
     *
     * @throws UsageException if the hours are more than a server lists
     */
    public List<ActionState> actions(List<String> names, NominalHours hours) throws OozieClientException {
        if (ChronoUnit.HOURS.between(hours.first(), hours.end()) > MOST_JOBS) {
            throw new UsageException("Cannot use hours: %s (expected at most %d)".formatted(hours, MOST_JOBS));
        }
        String filter = "nominaltime>=%s;nominaltime<%s"
                .formatted(NominalHours.oozie(hours.first()), NominalHours.oozie(hours.end()));
        Map<String, ActionState> newest = new LinkedHashMap<>();
        for (CoordinatorJob job : coordinators(names)) {
            for (CoordinatorAction action : client.getCoordJobInfo(job.getId(), filter, 1, MOST_JOBS, "asc")
                    .getActions()) {
                ActionState state = new ActionState(job.getAppName(), action, "");
                newest.putIfAbsent(state.coordinator() + state.hour(), state);
            }
        }
        return List.copyOf(newest.values());
    }

    /** The latest actions of a coordinator, the latest first. */
    List<CoordinatorAction> latestActions(String coordinatorId, int count) throws OozieClientException {
        return client.getCoordJobInfo(coordinatorId, "", 1, count, "desc").getActions();
    }

    /** Actions of a coordinator in some states, the earliest first. */
    List<CoordinatorAction> actions(String coordinatorId, CoordinatorAction.Status... states)
            throws OozieClientException {
        String filter = Stream.of(states).map(state -> "status=" + state).collect(Collectors.joining(";"));
        return client.getCoordJobInfo(coordinatorId, filter, 1, MOST_JOBS, "asc")
                .getActions();
    }

    String run(Properties job) throws OozieClientException {
        Properties conf = client.createConfiguration();
        job.stringPropertyNames().forEach(key -> conf.setProperty(key, job.getProperty(key)));
        return client.run(conf);
    }
}
