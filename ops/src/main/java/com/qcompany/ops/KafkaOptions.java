package com.qcompany.ops;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * How an embedded broker is set up.
 *
 * @param directory everything it keeps; created when absent, taken as it is when a broker used it before
 * @param listeners {@link #PLAIN} and {@link #CONTROLLER} first, then those of a test
 * @param properties Kafka's, beyond this class's own or in their place
 * @param scramUsers known from the first start on, written as {@code SCRAM-SHA-512=[name=NAME,password=PASSWORD]}
 */
public record KafkaOptions(
        Path directory, List<KafkaListener> listeners, Map<String, String> properties, List<String> scramUsers) {

    /** Listener of clients without encryption or authentication, and of the broker itself. */
    public static final String PLAIN = "PLAINTEXT";

    static final String CONTROLLER = "CONTROLLER";
    static final int NODE = 1;

    /** Few partitions of the internal topics and few threads, for a fast start; nothing expires. */
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", Integer.toString(NODE)),
            Map.entry("controller.listener.names", CONTROLLER),
            Map.entry("inter.broker.listener.name", PLAIN),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("log.retention.ms", "-1"),
            Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"));

    public KafkaOptions {
        directory = directory.toAbsolutePath().normalize();
        listeners = List.copyOf(listeners);
        properties = Map.copyOf(properties);
        scramUsers = List.copyOf(scramUsers);
    }

    /** A broker of a test's own, on free ports. */
    public static KafkaOptions in(Path directory) throws IOException {
        List<Integer> free = Ports.free(2);
        return in(directory, free.get(0), free.get(1));
    }

    /** A broker on given ports. */
    public static KafkaOptions in(Path directory, int port, int controllerPort) {
        return new KafkaOptions(
                directory,
                List.of(
                        new KafkaListener(PLAIN, SecurityProtocol.PLAINTEXT, port),
                        new KafkaListener(CONTROLLER, SecurityProtocol.PLAINTEXT, controllerPort)),
                Map.of(),
                List.of());
    }

    /** The same with one more listener, on a free port. */
    public KafkaOptions withListener(String name, SecurityProtocol protocol) throws IOException {
        List<KafkaListener> more = new ArrayList<>(listeners);
        more.add(new KafkaListener(name, protocol, Ports.free(1).get(0)));
        return new KafkaOptions(directory, more, properties, scramUsers);
    }

    /** The same with one more property. */
    public KafkaOptions with(String key, String value) {
        return with(Map.of(key, value));
    }

    /** The same with more properties. */
    public KafkaOptions with(Map<String, String> further) {
        Map<String, String> more = new HashMap<>(properties);
        more.putAll(further);
        return new KafkaOptions(directory, listeners, more, scramUsers);
    }

    /** The same with one more user of SCRAM-SHA-512; without effect on a directory that was used before. */
    public KafkaOptions withScramUser(String name, String password) {
        List<String> more = new ArrayList<>(scramUsers);
        more.add("SCRAM-SHA-512=[name=%s,password=%s]".formatted(name, password));
        return new KafkaOptions(directory, listeners, properties, more);
    }

    KafkaListener listener(String name) {
        return listeners.stream()
                .filter(listener -> listener.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot find Kafka listener: %s (known: %s)".formatted(name, listeners)));
    }

    /** Every listener, as in Kafka's {@code listeners}. */
    String addresses() {
        return listeners.stream().map(KafkaListener::definition).collect(Collectors.joining(","));
    }

    /** All of the broker's configuration. */
    Properties serverProperties() {
        Properties all = new Properties();
        all.putAll(FIXED);
        all.put("log.dirs", directory.toString());
        all.put("controller.quorum.voters", NODE + "@" + listener(CONTROLLER).address());
        all.put("listeners", addresses());
        all.put(
                "listener.security.protocol.map",
                listeners.stream()
                        .map(listener -> listener.name() + ":" + listener.protocol())
                        .collect(Collectors.joining(",")));
        all.putAll(properties);
        return all;
    }
}
