package com.qcompany.ops.daemons;

import com.qcompany.ops.DataDirectory;
import com.qcompany.ops.EmbeddedHdfs;
import com.qcompany.ops.Endpoint;
import com.qcompany.ops.OozieHome;
import com.qcompany.ops.OozieLibrary;
import com.qcompany.ops.SiteFiles;
import com.qcompany.ops.StackSettings;
import com.qcompany.warehouse.command.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.commons.lang3.function.FailableRunnable;
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
import org.apache.kafka.common.utils.Utils;

/** How every service of one stack is run: programs, heaps, preparations, health. */
record DaemonPlan(StackSettings settings, ServerFiles files, JavaCommand java, PostgresCluster postgres) {

    private static final FailableRunnable<Exception> NONE = () -> {};
    private static final String HIVE_PATIENCE_MS = "15000";
    private static final int OWN_CONNECTION_MILLIS = 1_000;

    static DaemonPlan of(StackSettings settings) throws IOException {
        DataDirectory data = settings.data();
        Passwords passwords = Passwords.in(data.daemons().resolve("passwords.properties"));
        return new DaemonPlan(
                settings,
                new ServerFiles(data, settings.siteFiles(), passwords),
                JavaCommand.of(data),
                new PostgresCluster(
                        data.root().resolve("postgresql"), settings.ports().of(Endpoint.POSTGRESQL), passwords));
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
            case NAME_NODE ->
                hadoop(
                        service,
                        this::formatOnce,
                        NameNode.class,
                        256,
                        nameNodeSays("NameNodeStatus", "active", "starting"));
            case DATA_NODE -> {
                HealthCheck registered = web(
                        Endpoint.DATA_NODE_WEB,
                        "/jmx?qry=Hadoop:service=DataNode,name=DataNodeInfo",
                        "\\\"ActorState\\\":\\\"RUNNING\\\"",
                        "not registered");
                // Also that the NameNode knows its blocks, so that files can be read and written.
                HealthCheck writable = nameNodeSays("NameNodeInfo", "\"Safemode\" : \"\"", "safe mode");
                yield hadoop(service, NONE, DataNode.class, 192, registered.and(writable));
            }
            case RESOURCE_MANAGER ->
                hadoop(
                        service,
                        NONE,
                        ResourceManager.class,
                        256,
                        web(Endpoint.RESOURCE_MANAGER_WEB, "/ws/v1/cluster/info", "STARTED", "starting"));
            case NODE_MANAGER ->
                hadoop(
                        service,
                        NONE,
                        NodeManager.class,
                        192,
                        web(Endpoint.NODE_MANAGER_WEB, "/ws/v1/node/info", "\"nodeHealthy\":true", "unhealthy"));
            case JOB_HISTORY ->
                hadoop(
                        service,
                        NONE,
                        JobHistoryServer.class,
                        192,
                        web(Endpoint.HISTORY_WEB, "/ws/v1/history/info", "startedOn", "starting"));
            case METASTORE ->
                Daemon.of(
                        service,
                        this::prepareMetastore,
                        java.of(service, 320, List.of(files.metastore()), HiveMetaStore.class.getName()),
                        secured() ? () -> HealthCheck.UP : HealthCheck.metastore(port(Endpoint.METASTORE)));
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
                        java.of(
                                service,
                                256,
                                List.of(),
                                KafkaDaemon.class.getName(),
                                data().kafka().toString(),
                                Integer.toString(port(Endpoint.KAFKA)),
                                Integer.toString(port(Endpoint.KAFKA_CONTROLLER)),
                                files.kafka().toString()),
                        kafkaHealth());
            case OOZIE -> oozie();
        };
    }

    private HealthCheck hiveHealth() {
        return loggedIn(HealthCheck.jdbc(settings.hiveUrl() + ";socketTimeout=" + HIVE_PATIENCE_MS, new Properties()));
    }

    private HealthCheck loggedIn(HealthCheck check) {
        return () -> {
            logIn();
            return check.state();
        };
    }

    /** Has this process log in on a secured stack, as programs do. */
    private synchronized void logIn() throws IOException {
        if (secured() && !UserGroupInformation.isSecurityEnabled()) {
            Program.logIn(settings.siteFiles().writeClient());
        }
    }

    private HealthCheck kafkaHealth() {
        Path security = data().configuration().resolve("kafka-client.properties");
        return () -> HealthCheck.kafka(
                        settings.ports().address(Endpoint.KAFKA),
                        secured() ? Utils.loadProps(security.toString()) : new Properties())
                .state();
    }

    private Daemon kerberos() {
        Kerberos kerberos = new Kerberos(data().kerberos(), port(Endpoint.KERBEROS), postgres.passwords());
        return Daemon.of(Service.KERBEROS, kerberos::prepare, kerberos.command(), kerberos::state);
    }

    private boolean secured() {
        return data().isSecured();
    }

    private Daemon hadoop(
            Service service,
            FailableRunnable<Exception> preparation,
            Class<?> program,
            int heapMb,
            HealthCheck health) {
        return Daemon.of(
                service, preparation, java.of(service, heapMb, List.of(files.hadoop()), program.getName()), health);
    }

    private HealthCheck nameNodeSays(String bean, String expected, String otherwise) {
        return web(Endpoint.NAME_NODE_WEB, "/jmx?qry=Hadoop:service=NameNode,name=" + bean, expected, otherwise);
    }

    private HealthCheck web(Endpoint endpoint, String path, String expected, String otherwise) {
        boolean isHdfs = endpoint == Endpoint.NAME_NODE_WEB || endpoint == Endpoint.DATA_NODE_WEB;
        String scheme = secured() && isHdfs ? "https://" : "http://";
        return HealthCheck.http(scheme + settings.ports().address(endpoint) + path, expected, otherwise);
    }

    private void formatOnce() throws IOException {
        Configuration server = new Configuration();
        server.addResource(new org.apache.hadoop.fs.Path(
                files.hadoop().resolve("hdfs-site.xml").toUri()));
        EmbeddedHdfs.formatOnce(server, data().hdfs());
    }

    private void prepareMetastore() throws Exception {
        postgres.createDatabase("metastore", postgres.passwords().metastore());
        postgres.createMetastoreTables(SiteFiles.template("hive-schema-4.0.0.postgres.sql"));
    }

    /** By a connection of its own: a NameNode that was killed does not answer on those that this process kept open. */
    private void shareOozieLibrary() throws IOException {
        logIn();
        Configuration conf = settings.siteFiles().writeClient();
        conf.setInt("ipc.client.connection.maxidletime", OWN_CONNECTION_MILLIS);
        try (FileSystem fs = FileSystem.newInstance(conf)) {
            OozieLibrary.share(fs);
        }
    }

    private Daemon oozie() throws IOException {
        OozieHome home = settings.oozie(
                postgres.oozie(), files.templates(), settings.options().mail());
        FailableRunnable<Exception> preparation = () -> {
            postgres.createDatabase("oozie", postgres.passwords().oozie());
            shareOozieLibrary();
            home.prepare();
        };
        HealthCheck health = HealthCheck.oozie(settings.siteFiles().union("q-site.xml"));
        return Daemon.of(Service.OOZIE, preparation, home.serverCommand(), loggedIn(health));
    }

    private DataDirectory data() {
        return settings.data();
    }

    private int port(Endpoint endpoint) {
        return settings.ports().of(endpoint);
    }
}
