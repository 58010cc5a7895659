package com.qcompany.ops.daemons;

import com.qcompany.ops.DataDirectory;
import com.qcompany.ops.Endpoint;
import com.qcompany.ops.OozieHome;
import com.qcompany.ops.OozieLibrary;
import com.qcompany.ops.OozieServer;
import com.qcompany.ops.OozieSettings;
import com.qcompany.ops.Ports;
import com.qcompany.ops.StackSettings;
import com.qcompany.warehouse.command.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.hdfs.server.namenode.NameNode;
import org.apache.hadoop.hive.metastore.HiveMetaStore;
import org.apache.hadoop.mapreduce.v2.hs.JobHistoryServer;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;
import org.apache.hive.service.server.HiveServer2;

/** How every service of one stack is run: programs, heaps, preparations, health. */
final class DaemonPlan {

    private static final Daemon.Preparation NONE = () -> {};
    private static final String HIVE_PATIENCE_MS = "15000";

    private static final int OWN_CONNECTION_MILLIS = 1_000;

    private final StackSettings settings;
    private final ServerFiles files;
    private final JavaCommand java;
    private final PostgresCluster postgres;

    private DaemonPlan(StackSettings settings, ServerFiles files, JavaCommand java, PostgresCluster postgres) {
        this.settings = settings;
        this.files = files;
        this.java = java;
        this.postgres = postgres;
    }

    static DaemonPlan of(StackSettings settings) throws IOException {
        DataDirectory data = settings.data();
        Passwords passwords = Passwords.in(data.daemons().resolve("passwords.properties"));
        return new DaemonPlan(
                settings,
                new ServerFiles(data, settings.siteFiles(), passwords),
                JavaCommand.of(data),
                new PostgresCluster(
                        data.root().resolve("postgresql"),
                        settings.ports().of(Endpoint.POSTGRESQL),
                        passwords,
                        data.logs().resolve(Service.POSTGRESQL.label() + ".log")));
    }

    /** Writes the configuration of clients and servers, over an earlier one. */
    void writeConfiguration() throws IOException {
        settings.siteFiles().writeClient();
        files.write();
    }

    Daemon daemon(Service service) throws IOException {
        return switch (service) {
            case KERBEROS -> kerberos();
            case POSTGRESQL ->
                new Daemon(
                        service, postgres::createIfAbsent, postgres.command(), postgres::interrupt, postgres.health());
            case NAME_NODE -> hadoop(service, new NameNodeStorage(data().hdfs(), files.hadoop()), NameNode.class, 256);
            case DATA_NODE -> hadoop(service, NONE, DataNode.class, 192);
            case RESOURCE_MANAGER -> hadoop(service, NONE, ResourceManager.class, 256);
            case NODE_MANAGER -> hadoop(service, NONE, NodeManager.class, 192);
            case JOB_HISTORY -> hadoop(service, NONE, JobHistoryServer.class, 192);
            case METASTORE ->
                Daemon.of(
                        service,
                        this::prepareMetastore,
                        java.of(service, 320, List.of(files.metastore()), HiveMetaStore.class.getName()),
                        secured() ? () -> HealthCheck.UP : new MetastoreCheck(port(Endpoint.METASTORE)));
            case HIVE_SERVER ->
                Daemon.of(
                        service,
                        NONE,
                        java.of(service, 512, List.of(files.hiveServer()), HiveServer2.class.getName()),
                        hiveHealth());
            case KAFKA ->
                Daemon.of(
                        service,
                        NONE,
                        java.of(service, 256, List.of(), KafkaDaemon.class.getName(), kafkaArguments()),
                        new KafkaCheck(
                                ports().address(Endpoint.KAFKA),
                                secured() ? data().configuration().resolve("kafka-client.properties") : null));
            case OOZIE -> oozie();
        };
    }

    private HealthCheck hiveHealth() {
        JdbcCheck check = new JdbcCheck(settings.hiveUrl() + ";socketTimeout=" + HIVE_PATIENCE_MS, new Properties());
        return () -> {
            logIn();
            return check.state();
        };
    }

    /** Has this process log in on a secured stack, as programs do. */
    private void logIn() throws IOException {
        if (secured() && !UserGroupInformation.isSecurityEnabled()) {
            Program.logIn(clientConf());
        }
    }

    private Daemon kerberos() {
        Kerberos kerberos = new Kerberos(data().kerberos(), port(Endpoint.KERBEROS), postgres.passwords());
        return Daemon.of(Service.KERBEROS, kerberos::prepare, kerberos.command(), kerberos::state);
    }

    private String[] kafkaArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                data().kafka().toString(),
                Integer.toString(port(Endpoint.KAFKA)),
                Integer.toString(port(Endpoint.KAFKA_CONTROLLER))));
        if (secured()) {
            arguments.add(files.kafka().toString());
        }
        return arguments.toArray(String[]::new);
    }

    private boolean secured() {
        return data().isSecured();
    }

    private Daemon hadoop(Service service, Daemon.Preparation preparation, Class<?> program, int heapMb) {
        List<Path> conf = List.of(files.hadoop());
        return Daemon.of(
                service, preparation, java.of(service, heapMb, conf, program.getName()), hadoopHealth(service));
    }

    private HealthCheck hadoopHealth(Service service) {
        WebChecks web = new WebChecks(ports(), secured());
        return switch (service) {
            case NAME_NODE -> web.nameNode();
            case DATA_NODE -> web.dataNode();
            case RESOURCE_MANAGER -> web.resourceManager();
            case NODE_MANAGER -> web.nodeManager();
            case JOB_HISTORY -> web.jobHistory();
            case KERBEROS, POSTGRESQL, METASTORE, HIVE_SERVER, KAFKA, OOZIE ->
                throw new IllegalArgumentException(
                        "Cannot check %s as one of Hadoop's (expected one of Hadoop's)".formatted(service));
        };
    }

    private void prepareMetastore() throws Exception {
        postgres.createDatabase("metastore", postgres.passwords().metastore());
        try (Connection connection = postgres.connectToMetastore()) {
            MetastoreSchema.createIfAbsent(connection);
        }
    }

    /** By a connection of its own: a NameNode that was killed does not answer on those that this process kept open. */
    private void shareOozieLibrary() throws IOException {
        Configuration conf = clientConf();
        conf.setInt("ipc.client.connection.maxidletime", OWN_CONNECTION_MILLIS);
        try (FileSystem fs = FileSystem.newInstance(conf)) {
            OozieLibrary.share(fs);
        }
    }

    private Daemon oozie() throws IOException {
        OozieSettings oozie = settings.oozie(postgres.oozie());
        OozieHome home = new OozieHome(oozie);
        Daemon.Preparation preparation = () -> {
            postgres.createDatabase("oozie", postgres.passwords().oozie());
            logIn();
            shareOozieLibrary();
            home.prepare();
        };
        HealthCheck health = () -> OozieServer.isNormal(oozie.url()) ? HealthCheck.UP : "not taking jobs";
        return Daemon.of(Service.OOZIE, preparation, home.serverCommand(), health);
    }

    private Configuration clientConf() throws IOException {
        return settings.siteFiles().writeClient();
    }

    private DataDirectory data() {
        return settings.data();
    }

    private Ports ports() {
        return settings.ports();
    }

    private int port(Endpoint endpoint) {
        return ports().of(endpoint);
    }
}
