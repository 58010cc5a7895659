package com.qcompany.ops.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.qcompany.batch.Main;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.WorkflowAction;
import org.apache.oozie.client.WorkflowJob;

/** The scheduled applications on the stack's Oozie, with a warehouse, a landing directory and a topic of their own. */
final class Schedule implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** One for all of a JVM's schedules, as the server it is told to. */
    private static final GreenMail MAIL = startMail();

    private final EmbeddedStack stack;
    private final String name;
    private final Path landing;
    private final OozieClient oozie;
    private final Configuration conf;
    private final FileSystem fs;
    private final Properties properties;

    Schedule(EmbeddedStack stack, String name, Path landing) throws Exception {
        this.stack = stack;
        this.name = name;
        this.landing = landing;
        this.oozie = new OozieClient(stack.startOozie(
                new InetSocketAddress("127.0.0.1", MAIL.getSmtp().getPort())));
        this.conf = stack.clientConf();
        conf.set(Settings.ROOT.key(), "/" + name);
        conf.set(Settings.DATABASE.key(), name);
        conf.set(StreamSettings.TOPIC.key(), name);
        this.fs = FileSystem.get(conf);
        conf.set(Settings.SCHEDULE_OOZIE_URL.key(), oozie.getOozieUrl());
        conf.set(Settings.SCHEDULE_PROPERTIES.key(), jobPropertyFiles());
        this.properties = deploy();
        run("ddl");
    }

    private static GreenMail startMail() {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        return mail;
    }

    /** What differs from one schedule of this stack to another. */
    private String jobPropertyFiles() throws IOException {
        Path own = landing.resolveSibling(landing.getFileName() + "-" + name + ".properties");
        Files.writeString(
                own,
                """
                qRoot=/%1$s
                qApps=/apps-%1$s
                database=%1$s
                topic=%1$s
                consumerGroup=%1$s
                landing=%2$s
                alertTo=%1$s@localhost
                """
                        .formatted(name, landing));
        return conf.get(Settings.SCHEDULE_PROPERTIES.key()) + "," + own;
    }

    private Properties deploy() throws IOException {
        assertThat(command("deploy")).isZero();
        Properties properties = oozie.createConfiguration();
        FileStatus[] deployed = fs.globStatus(new org.apache.hadoop.fs.Path("/apps-" + name + "/*/job.properties"));
        assertThat(deployed).hasSize(1);
        try (InputStream in = fs.open(deployed[0].getPath())) {
            properties.load(in);
        }
        properties.remove(OozieClient.BUNDLE_APP_PATH);
        return properties;
    }

    /** Runs a command of {@code q schedule} and returns its exit code. */
    int command(String... args) {
        return com.qcompany.ops.schedule.Main.run(conf, args);
    }

    OozieClient oozie() {
        return oozie;
    }

    Configuration conf() {
        return conf;
    }

    FileSystem fs() {
        return fs;
    }

    Layout layout() {
        return Layout.of(conf);
    }

    /** Properties of a job, over those of the cluster. */
    Properties with(String... keysAndValues) {
        Properties job = new Properties();
        job.putAll(properties);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            job.setProperty(keysAndValues[i], keysAndValues[i + 1]);
        }
        return job;
    }

    /** Submits a workflow, by its directory among the applications. */
    String runWorkflow(String application, String... keysAndValues) throws Exception {
        Properties job = with(keysAndValues);
        job.setProperty(OozieClient.APP_PATH, "${appPath}/" + application);
        return oozie.run(job);
    }

    /** The workflow once it is at an end. */
    WorkflowJob ended(String id) throws Exception {
        return await(
                () -> oozie.getJobInfo(id),
                job -> job.getStatus() != WorkflowJob.Status.RUNNING && job.getStatus() != WorkflowJob.Status.PREP,
                job -> describe(job));
    }

    static String describe(WorkflowJob job) {
        StringBuilder text = new StringBuilder(job.getAppName() + " " + job.getStatus());
        for (WorkflowAction action : job.getActions()) {
            text.append("; %s %s %s %s"
                    .formatted(action.getName(), action.getStatus(), action.getErrorCode(), action.getErrorMessage()));
        }
        return text.toString();
    }

    /** Runs a command of the batch as a person would. */
    void run(String... args) {
        assertThat(Main.run(conf, args)).as(Arrays.toString(args)).isZero();
    }

    /** First row of a query, its columns separated by blanks. */
    String query(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(stack.hiveUrl() + name);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> columns = new ArrayList<>();
            if (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(rows.getString(i));
                }
            }
            return String.join(" ", columns);
        }
    }

    /** Text of a file among the exports. */
    String exported(String file) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(layout().root(), "exports/" + file);
        try (InputStream in = fs.open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Mails to this schedule's address, each as headers and text. */
    List<String> mails() {
        return Arrays.stream(MAIL.getReceivedMessages())
                .map(GreenMailUtil::getWholeMessage)
                .filter(mail -> mail.contains(name + "@localhost"))
                .toList();
    }

    /** Returns what a look gives as soon as it is as wanted; fails after ten minutes. */
    static <T> T await(Callable<T> look, Predicate<T> wanted, java.util.function.Function<T, String> describe)
            throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            T seen = look.call();
            if (wanted.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > deadline) {
                fail("Waited in vain: %s", describe.apply(seen));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    @Override
    public void close() throws IOException {
        fs.delete(new org.apache.hadoop.fs.Path("/apps-" + name), true);
    }
}
