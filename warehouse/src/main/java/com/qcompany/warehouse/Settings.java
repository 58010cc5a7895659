package com.qcompany.warehouse;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.hadoop.conf.Configuration;

/** Every configuration key of the platform: the one place that names them. */
public final class Settings {

    private static final List<Setting<?>> DECLARED = new ArrayList<>();

    public static final Setting<String> ROOT =
            text("q.root", "/q", "path", "Root directory of raw zone, tables and state on the default file system");
    public static final Setting<String> DATABASE =
            declare("q.database", "q_dwh", "name", "Hive database", Settings::identifier);

    public static final Setting<String> HIVE_URL = text(
            "q.hive.url",
            "",
            "JDBC URL",
            "HiveServer2, without a database; unset: tables are registered later by `q repair`");
    public static final Setting<String> HIVE_USER =
            text("q.hive.user", "", "name", "User given to HiveServer2; unset: the operating system's");
    public static final Setting<String> HIVE_PASSWORD = secret("q.hive.password", "Password given to HiveServer2");
    public static final Setting<Integer> HIVE_CONNECTIONS = count(
            "q.hive.connections",
            "4",
            "connections",
            "Connections used at once for statements that change one partition each");

    public static final Setting<String> LANDING = text(
            "q.ingest.landing", "landing", "local path", "Directory in which the source systems drop group folders");
    public static final Setting<ZoneId> INGEST_ZONE =
            declare("q.ingest.zone", "UTC", "zone id", "Zone of the nominal hour", ZoneId::of);
    public static final Setting<Duration> INGEST_QUIET = seconds(
            "q.ingest.quiet-seconds",
            "60",
            "Age below which a group without a _READY or .done marker counts as still being written");
    public static final Setting<Duration> INGEST_GRACE = seconds(
            "q.ingest.grace-seconds",
            "3600",
            "How long a group that lacks one of its files waits before it warns and may be taken dims-only");
    public static final Setting<Integer> INGEST_THREADS =
            count("q.ingest.threads", "4", "threads", "Files copied at once");

    public static final Setting<Double> LOAD_MAX_REJECTED =
            share("q.load.max-rejected-share", "0.05", "Share of rejected lines above which a load publishes nothing");
    public static final Setting<Integer> LOAD_REDUCERS = declare(
            "q.load.reducers",
            "0",
            "tasks",
            "Reduce tasks of a load; 0: one per 256 MiB of input, on the local runner at least two a processor",
            Settings::nonNegative);
    public static final Setting<Integer> LOAD_MAX_RECORD_BYTES =
            count("q.load.max-record-bytes", "1048576", "bytes", "Longest CSV record; a longer one is rejected");
    public static final Setting<Integer> PUBLISH_THREADS =
            count("q.publish.threads", "8", "threads", "Renames done at once while publishing");
    public static final Setting<Integer> COMPACT_MAX_FILES = count(
            "q.compact.max-files", "16", "files", "Files of a fact partition above which it is due for compaction");
    public static final Setting<Integer> COMPACT_PER_LOAD = declare(
            "q.compact.partitions-per-load",
            "64",
            "partitions",
            "Most due partitions compacted at the end of a load; 0: only `q compact` does it",
            Settings::nonNegative);
    public static final Setting<Duration> COMPACT_RETAIN = seconds(
            "q.compact.retain-seconds",
            "86400",
            "How long a superseded version is kept; longer than the longest query");
    public static final Setting<Duration> LEASE_TIMEOUT = seconds(
            "q.lease.timeout-seconds", "30", "Age of a lease's last renewal after which its holder counts as crashed");

    /** All of them, in the order they are declared. */
    public static final List<Setting<?>> ALL = List.copyOf(DECLARED);

    private static final String PREFIX = "q.";

    private Settings() {}

    /** The configuration of this machine: Hadoop's files, then {@code q-site.xml}, from the class path. */
    public static Configuration configuration() {
        Configuration.addDefaultResource("q-site.xml");
        return new Configuration();
    }

    /**
     * Stops on a {@code q.*} key that no setting has and on a value that its setting refuses.
     *
     * @throws IllegalArgumentException naming the key and the nearest known one, or the value and what is allowed
     */
    public static void validate(Configuration conf) {
        for (Map.Entry<String, String> entry : conf) {
            String key = entry.getKey();
            if (key.startsWith(PREFIX)
                    && ALL.stream().noneMatch(setting -> setting.key().equals(key))) {
                throw new IllegalArgumentException("Cannot use configuration key %s: it is unknown (did you mean %s?)"
                        .formatted(key, nearest(key)));
            }
        }
        ALL.stream().filter(setting -> !setting.secret()).forEach(setting -> setting.find(conf));
    }

    private static String nearest(String key) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return ALL.stream()
                .map(Setting::key)
                .min(Comparator.comparingInt(known -> distance.apply(known, key)))
                .orElseThrow();
    }

    private static Setting<String> text(String key, String defaultText, String unit, String doc) {
        return declare(key, defaultText, unit, doc, Function.identity());
    }

    private static Setting<String> secret(String key, String doc) {
        return register(new Setting<>(key, "", "secret", doc, true, Function.identity()));
    }

    private static Setting<Integer> count(String key, String defaultText, String unit, String doc) {
        return declare(key, defaultText, unit, doc, text -> {
            int value = Integer.parseInt(text);
            if (value < 1) {
                throw new IllegalArgumentException("at least 1");
            }
            return value;
        });
    }

    private static int nonNegative(String text) {
        int value = Integer.parseInt(text);
        if (value < 0) {
            throw new IllegalArgumentException("0 or more");
        }
        return value;
    }

    private static Setting<Duration> seconds(String key, String defaultText, String doc) {
        return declare(key, defaultText, "seconds", doc, text -> Duration.ofSeconds(nonNegative(text)));
    }

    private static Setting<Double> share(String key, String defaultText, String doc) {
        return declare(key, defaultText, "share 0 to 1", doc, text -> {
            double value = Double.parseDouble(text);
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("0 to 1");
            }
            return value;
        });
    }

    private static String identifier(String text) {
        if (!text.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("letters, digits and underscores");
        }
        return text;
    }

    private static <T> Setting<T> declare(
            String key, String defaultText, String unit, String doc, Function<String, T> parser) {
        return register(new Setting<>(key, defaultText, unit, doc, false, parser));
    }

    private static <T> Setting<T> register(Setting<T> setting) {
        DECLARED.add(setting);
        return setting;
    }
}
