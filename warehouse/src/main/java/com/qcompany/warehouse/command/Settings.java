package com.qcompany.warehouse.command;

import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.hadoop.conf.Configuration;

/** Every configuration key of the platform: the one place that names them. */
public final class Settings {

    /** How a client of Oozie says who it is. */
    public enum OozieAuthentication {
        /** The name of the user, in what it submits. */
        NONE,
        /** The name of the user, in every request. */
        SIMPLE,
        /** A ticket. */
        KERBEROS
    }

    private static final SettingDeclarations DECLARATIONS = new SettingDeclarations();

    public static final Setting<String> ROOT = DECLARATIONS.text(
            "q.root", "/q", "path", "Root directory of raw zone, tables and state on the default file system");
    public static final Setting<String> DATABASE =
            DECLARATIONS.declare("q.database", "q_dwh", "name", "Hive database", SettingDeclarations::identifier);

    public static final Setting<String> HIVE_URL = DECLARATIONS.text(
            "q.hive.url", "", "JDBC URL", "HiveServer2, without a database; unset: `q repair` registers tables");
    public static final Setting<String> HIVE_USER =
            DECLARATIONS.text("q.hive.user", "", "name", "User given to HiveServer2; unset: the operating system's");
    public static final Setting<String> HIVE_PASSWORD =
            DECLARATIONS.secret("q.hive.password", "Password given to HiveServer2");
    public static final Setting<Integer> HIVE_CONNECTIONS = DECLARATIONS.count(
            "q.hive.connections", "4", "connections", "Connections used at once to change one partition each");

    public static final Setting<String> CONTRACTS = DECLARATIONS.text(
            "q.contracts",
            "",
            "path, also file:///… or hdfs://…",
            "Directory of contracts, *.yaml, in place of the built-in ones of their names and beside them; unset: none");

    public static final Setting<String> LANDING = DECLARATIONS.text(
            "q.ingest.landing", "landing", "local path", "Directory in which the source systems drop group folders");
    public static final Setting<ZoneId> INGEST_ZONE =
            DECLARATIONS.declare("q.ingest.zone", "UTC", "zone id", "Zone of the nominal hour", ZoneId::of);
    public static final Setting<Duration> INGEST_QUIET = DECLARATIONS.seconds(
            "q.ingest.quiet-seconds", "60", "Age below which a group without _READY or .done is still being written");
    public static final Setting<Duration> INGEST_GRACE = DECLARATIONS.seconds(
            "q.ingest.grace-seconds", "3600", "How long a group waits for a missing file before it warns");
    public static final Setting<Integer> INGEST_THREADS =
            DECLARATIONS.count("q.ingest.threads", "4", "threads", "Files copied at once");

    public static final Setting<Double> LOAD_MAX_REJECTED = DECLARATIONS.share(
            "q.load.max-rejected-share", "0.05", "Share of rejected sales above which a group is refused");
    public static final Setting<Integer> LOAD_REDUCERS = DECLARATIONS.countOrNone(
            "q.load.reducers", "0", "tasks", "Reduce tasks of a job; 0: one per 20 MiB of input, per 10 of a merge");
    public static final Setting<Integer> LOAD_MAX_RECORD_BYTES = DECLARATIONS.count(
            "q.load.max-record-bytes", "1048576", "bytes", "Longest CSV record; a longer one is rejected");
    public static final Setting<Integer> PUBLISH_THREADS =
            DECLARATIONS.count("q.publish.threads", "8", "threads", "Renames done at once while publishing");
    public static final Setting<Integer> COMPACT_MAX_DELTAS = DECLARATIONS.countOrNone(
            "q.compact.max-deltas",
            "48",
            "publishes",
            "Publishes of sales after which a load merges them into the base; 0: only `q compact` does it");

    public static final Setting<Integer> COMPACT_RETIRE_DAYS = DECLARATIONS.count(
            "q.compact.retire-days", "400", "days", "How long rejected rows and rows about loads are kept");

    public static final Setting<String> METRICS_TEXTFILE = DECLARATIONS.text(
            "q.metrics.textfile",
            "",
            "local path",
            "Directory of node_exporter's textfile collector for metrics of batch commands; unset: none");

    public static final Setting<String> LINEAGE_FILE = DECLARATIONS.text(
            "q.lineage.file", "", "local path", "File that OpenLineage events are added to; unset: none");
    public static final Setting<String> LINEAGE_CONFIG = DECLARATIONS.text(
            "q.lineage.config", "", "local path", "openlineage.yml whose transport takes the events; unset: the file");

    public static final Setting<Duration> COMPACT_RETAIN = DECLARATIONS.seconds(
            "q.compact.retain-seconds", "86400", "How long superseded versions are kept; longer than any query");
    public static final Setting<Duration> LEASE_TIMEOUT = DECLARATIONS.seconds(
            5,
            "q.lease.timeout-seconds",
            "30",
            "Age of a lease's last renewal after which its holder counts as crashed");

    public static final Setting<String> SCHEDULE_OOZIE_URL =
            DECLARATIONS.text("q.schedule.oozie-url", "http://localhost:11000/oozie", "URL", "Oozie's web services");
    public static final Setting<OozieAuthentication> SCHEDULE_AUTHENTICATION = DECLARATIONS.choice(
            "q.schedule.authentication", OozieAuthentication.NONE, "How commands prove to Oozie who they are");
    public static final Setting<String> SCHEDULE_APPS = DECLARATIONS.text(
            "q.schedule.apps", "/opt/q/scheduler/apps", "local path", "Directory of the Oozie applications");
    public static final Setting<String> SCHEDULE_PROPERTIES = DECLARATIONS.text(
            "q.schedule.properties",
            "/opt/q/scheduler/cluster.properties",
            "local paths, separated by commas",
            "Job properties of this cluster; a later file goes over those before it");
    public static final Setting<String> SCHEDULE_JARS = DECLARATIONS.text(
            "q.schedule.jars",
            "/opt/q/q-mapreduce.jar,/opt/q/q-kafka-consumer.jar",
            "local paths, separated by commas",
            "Job jars that are deployed with the applications");

    public static final Setting<String> KERBEROS_PRINCIPAL = DECLARATIONS.text(
            "q.kerberos.principal", "", "name", "Principal that programs log in as; unset: the ticket cache's");
    public static final Setting<String> KERBEROS_KEYTAB =
            DECLARATIONS.text("q.kerberos.keytab", "", "local path", "Keytab of that principal");

    public static final Setting<String> READERS_GROUP = DECLARATIONS.text(
            "q.permissions.readers-group",
            "",
            "group",
            "Group of HDFS that alone may read the tables without people's names; unset: who HDFS lets");
    public static final Setting<String> PEOPLE_GROUP = DECLARATIONS.text(
            "q.permissions.people-group",
            "",
            "group",
            "Group of HDFS that alone may read people's names and rows as received; unset: who HDFS lets");

    /** All of them, in the order they are declared. */
    public static final List<Setting<?>> ALL = Stream.concat(DECLARATIONS.all().stream(), StreamSettings.ALL.stream())
            .toList();

    private static final String PREFIX = "q.";

    private Settings() {}

    /** The configuration of this machine: Hadoop's files, then {@code q-site.xml}, from the class path. */
    public static Configuration configuration() {
        Configuration.addDefaultResource("q-site.xml");
        return new Configuration();
    }

    /**
     * Stops on a {@code q.*} key that no setting has, on a value that its setting refuses, and on a secret in a file that
     * others may read.
     *
     * @throws UsageException naming the key and the nearest known one, or the value and what is allowed, or the file
     */
    public static void validate(Configuration conf) {
        for (Map.Entry<String, String> entry : conf) {
            String key = entry.getKey();
            if (key.startsWith(PREFIX)
                    && ALL.stream().noneMatch(setting -> setting.key().equals(key))) {
                throw new UsageException("Cannot use configuration key %s: it is unknown (did you mean %s?)"
                        .formatted(key, nearest(key)));
            }
        }
        ALL.stream()
                .filter(setting -> holdsSecret(setting, conf))
                .flatMap(setting -> file(setting, conf).stream())
                .forEach(Secrets::requirePrivate);
        ALL.stream().filter(setting -> !setting.secret()).forEach(setting -> setting.find(conf));
    }

    private static boolean holdsSecret(Setting<?> setting, Configuration conf) {
        String written = conf.getRaw(setting.key());
        return written != null && (setting.secret() ? Secrets.isPlain(written) : Secrets.assignsPlain(written));
    }

    /** The local file that a setting's value is from, if it is from one. */
    private static Optional<Path> file(Setting<?> setting, Configuration conf) {
        String[] sources = conf.getPropertySources(setting.key());
        if (sources == null || sources.length == 0) {
            return Optional.empty();
        }
        String source = sources[sources.length - 1];
        URL resource = conf.getResource(source);
        String path = resource == null
                ? source.replaceFirst("^file:", "")
                : URI.create(resource.toString()).getPath(); // none of one in a jar
        return Optional.ofNullable(path).map(Path::of).filter(Files::isRegularFile);
    }

    private static String nearest(String key) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return ALL.stream()
                .map(Setting::key)
                .min(Comparator.comparingInt(known -> distance.apply(known, key)))
                .orElseThrow();
    }
}
