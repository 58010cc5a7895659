package com.qcompany.warehouse.command;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The configuration keys of the app-log stream; {@link Settings} holds the others. */
public final class StreamSettings {

    /** Where a group that has no position yet begins. */
    public enum StartAt {
        EARLIEST,
        LATEST
    }

    /** What becomes of a position that the broker no longer has. */
    public enum LostOffsets {
        /** The consumer stops and says which offsets are missing. */
        FAIL,
        /** It goes on at the earliest one left; the lost ones are logged and kept for {@code q events audit}. */
        EARLIEST
    }

    /** What becomes of an event that is later than allowed. */
    public enum LatePolicy {
        KEEP,
        REJECT
    }

    /** Where rejected events go. */
    public enum RejectTo {
        /** The table rejected_events. */
        TABLE,
        /** The dead-letter topic, in one Kafka transaction with the offsets. */
        TOPIC
    }

    private static final SettingDeclarations DECLARATIONS = new SettingDeclarations();

    public static final Setting<String> BOOTSTRAP_SERVERS =
            DECLARATIONS.text("q.stream.bootstrap-servers", "", "host:port,…", "Kafka brokers to begin with");
    public static final Setting<String> KAFKA_PROPERTIES = DECLARATIONS.text(
            "q.stream.kafka-properties",
            "",
            "local path",
            "Properties for every Kafka client, such as its security; values may be ${file:…}, ${env:…}, ${dir:…} or "
                    + "${hadoop:alias}");
    public static final Setting<String> TOPIC =
            DECLARATIONS.text("q.stream.topic", "app-logs", "name", "Topic of the app's events");
    public static final Setting<String> GROUP =
            DECLARATIONS.text("q.stream.group", "q-app-logs", "name", "Consumer group that holds the positions");
    public static final Setting<String> INSTANCE = DECLARATIONS.text(
            "q.stream.instance", "", "name", "Own and lasting name of the process in the group; unset: the host's");
    public static final Setting<Integer> THREADS =
            DECLARATIONS.count("q.stream.threads", "2", "threads", "Consumers of a process, each with a thread");
    public static final Setting<ZoneId> ZONE = DECLARATIONS.declare(
            "q.stream.zone",
            "UTC",
            "zone id",
            "Zone of event times that carry none, and of the partitions",
            ZoneId::of);
    public static final Setting<StartAt> START =
            DECLARATIONS.choice("q.stream.start", StartAt.EARLIEST, "Where a group without a position begins");
    public static final Setting<LostOffsets> LOST_OFFSETS = DECLARATIONS.choice(
            "q.stream.lost-offsets",
            LostOffsets.FAIL,
            "What to do where the broker has deleted offsets that were not consumed");
    public static final Setting<Duration> FLUSH_INTERVAL = DECLARATIONS.seconds(
            "q.stream.flush-seconds", "60", "Age at which what was taken is committed; an idle topic too");
    public static final Setting<Long> ROLL_SIZE = DECLARATIONS.bytes(
            "q.stream.roll-size-bytes", 128L << 20, "Size of a file at which what was taken is committed");
    public static final Setting<Integer> MAX_OPEN_FILES = DECLARATIONS.count(
            "q.stream.max-open-files", "24", "files", "Hours that a thread writes at once; the least recent is closed");
    public static final Setting<Long> BUFFER_SIZE = DECLARATIONS.bytes(
            "q.stream.buffer-bytes", 160L << 20, "Memory of a process for rows that are not yet in a file");
    public static final Setting<Duration> GRACE = DECLARATIONS.seconds(
            "q.stream.grace-seconds", "300", "How far events must have passed the end of an hour before it closes");
    public static final Setting<Duration> IDLE = DECLARATIONS.seconds(
            "q.stream.idle-seconds", "300", "Age of a partition's last record after which it keeps no hours open");
    public static final Setting<Duration> COMPACT_INTERVAL = DECLARATIONS.seconds(
            "q.stream.compact-seconds", "60", "How often a running consumer looks for hours to close");
    public static final Setting<Duration> LATE_INTERVAL = DECLARATIONS.seconds(
            "q.stream.late-seconds",
            "600",
            "Least time between two publishes of late events into one closed hour; doubles with each, up to six hours");
    public static final Setting<Duration> MAX_LATENESS = DECLARATIONS.seconds(
            "q.stream.max-lateness-seconds", "604800", "How far behind its partition's newest an event is late");
    public static final Setting<LatePolicy> LATE_POLICY =
            DECLARATIONS.choice("q.stream.late-policy", LatePolicy.KEEP, "What to do with events later than that");
    public static final Setting<Duration> MAX_AHEAD = DECLARATIONS.seconds(
            "q.stream.max-ahead-seconds", "86400", "How far an event may lie ahead of its record's time");
    public static final Setting<RejectTo> REJECT_TO =
            DECLARATIONS.choice("q.stream.reject-to", RejectTo.TABLE, "Where events go that cannot be read");
    public static final Setting<String> DEAD_LETTER_TOPIC = DECLARATIONS.text(
            "q.stream.dead-letter-topic", "", "name", "Topic of rejected events; unset: the topic and .dead-letter");
    public static final Setting<String> HTTP_ADDRESS = DECLARATIONS.text(
            "q.stream.http-address", "", "host:port", "Where /healthz, /readyz and /metrics answer; unset: nowhere");
    public static final Setting<Duration> SHUTDOWN = DECLARATIONS.seconds(
            "q.stream.shutdown-seconds", "60", "Time within which a signal to end flushes and commits");
    public static final Setting<Duration> OUTAGE = DECLARATIONS.seconds(
            "q.stream.outage-seconds", "0", "How long an outage of HDFS is waited out before failing; 0: for ever");
    public static final Setting<Duration> RETAIN_MANIFESTS = DECLARATIONS.seconds(
            "q.stream.retain-manifests-seconds", "604800", "How long the records of published files are kept");

    /** All of them, in the order they are declared. */
    public static final List<Setting<?>> ALL = DECLARATIONS.all();

    private StreamSettings() {}

    /** Topic that rejected events go to, where they do not go to the table. */
    public static String deadLetterTopic(Configuration conf) {
        return DEAD_LETTER_TOPIC.find(conf).orElseGet(() -> TOPIC.get(conf) + ".dead-letter");
    }
}
