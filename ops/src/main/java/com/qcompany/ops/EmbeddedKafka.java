package com.qcompany.ops;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker that is its own controller, in this process and on the loopback address.
 *
 * <p>It can be stopped and started again: records, topics and the positions of groups survive, and its addresses stay.
 * Several with directories of their own can run in a process. Safe for use by several threads.
 *
 * <p>As in production, a controller that cannot go on, say because its directory is gone, ends the process.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final int NODE = 1;
    private static final String CONTROLLER = "CONTROLLER";

    private final Path directory;
    private final int port;
    private final int controllerPort;
    private final Map<String, String> properties;
    private @Nullable KafkaRaftServer server;

    private EmbeddedKafka(Path directory, int port, int controllerPort, Map<String, String> properties) {
        this.directory = directory.toAbsolutePath().normalize();
        this.port = port;
        this.controllerPort = controllerPort;
        this.properties = Map.copyOf(properties);
    }

    /**
     * Starts a broker and waits until it serves clients; its directory is formatted when it is new.
     *
     * @param directory everything it keeps; created when absent, taken as it is when a broker used it before
     * @param port where clients without encryption or authentication call, and the broker itself
     * @param properties Kafka's, beyond this class's own or in their place
     * @throws IOException when the broker does not start; nothing is left running
     */
    public static EmbeddedKafka start(Path directory, int port, int controllerPort, Map<String, String> properties)
            throws IOException {
        EmbeddedKafka kafka = new EmbeddedKafka(directory, port, controllerPort, properties);
        kafka.start();
        return kafka;
    }

    /** Starts the broker again after {@link #stop}; does nothing while it runs. */
    public synchronized void start() throws IOException {
        if (server != null) {
            return;
        }
        KafkaRaftServer starting = null;
        try {
            Ports.requireFree(port); // the controller would end this process
            Ports.requireFree(controllerPort);
            formatIfNew(directory, List.of());
            starting = new KafkaRaftServer(new KafkaConfig(serverProperties(), false), Time.SYSTEM);
            starting.startup();
            server = starting;
        } catch (Exception e) { // Kafka declares none and throws many
            if (starting != null) {
                starting.shutdown();
            }
            throw new IOException("Cannot start Kafka on %s".formatted(listeners()), e);
        }
    }

    /** @param scramUsers known from the first start on, as {@code SCRAM-SHA-512=[name=NAME,password=PASSWORD]} */
    static void formatIfNew(Path directory, List<String> scramUsers) throws Exception {
        if (Files.exists(directory.resolve("meta.properties"))) { // the last file that formatting writes
            return;
        }
        Files.createDirectories(directory);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName(CONTROLLER)
                .setScramArguments(scramUsers)
                .run();
    }

    private Properties serverProperties() throws IOException {
        Properties all = new Properties();
        all.load(new StringReader(SiteFiles.template("kafka-server.properties")));
        all.put("node.id", Integer.toString(NODE));
        all.put("controller.listener.names", CONTROLLER);
        all.put("log.dirs", directory.toString());
        all.put("controller.quorum.voters", "%d@127.0.0.1:%d".formatted(NODE, controllerPort));
        all.put("listeners", listeners());
        all.putAll(properties);
        return all;
    }

    /** As in Kafka's {@code listeners}. */
    String listeners() {
        return "PLAINTEXT://%s,%s://127.0.0.1:%d".formatted(bootstrap(), CONTROLLER, controllerPort);
    }

    /** Host and port for clients without encryption or authentication. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Stops the broker as an operator would, its clients keep trying; does nothing while it is down. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** Stops the broker; the data stays. */
    @Override
    public void close() {
        stop();
    }
}
