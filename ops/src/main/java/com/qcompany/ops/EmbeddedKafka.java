package com.qcompany.ops;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final KafkaOptions options;
    private @Nullable KafkaRaftServer server;

    private EmbeddedKafka(KafkaOptions options) {
        this.options = options;
    }

    /**
     * Starts a broker and waits until it serves clients; its directory is formatted when it is new.
     *
     * @throws IOException when the broker does not start; nothing is left running
     */
    public static EmbeddedKafka start(KafkaOptions options) throws IOException {
        EmbeddedKafka kafka = new EmbeddedKafka(options);
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
            for (KafkaListener listener : options.listeners()) {
                Ports.requireFree(listener.port()); // the controller would end this process
            }
            formatIfNew();
            starting = new KafkaRaftServer(new KafkaConfig(options.serverProperties(), false), Time.SYSTEM);
            starting.startup();
            server = starting;
        } catch (Exception e) { // Kafka declares none and throws many
            if (starting != null) {
                starting.shutdown();
            }
            throw new IOException("Cannot start Kafka on %s".formatted(options.addresses()), e);
        }
    }

    private void formatIfNew() throws Exception {
        Path directory = options.directory();
        if (Files.exists(directory.resolve("meta.properties"))) { // the last file that formatting writes
            return;
        }
        Files.createDirectories(directory);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(KafkaOptions.NODE)
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName(KafkaOptions.CONTROLLER)
                .setScramArguments(options.scramUsers())
                .run();
    }

    /** Host and port for clients without encryption or authentication. */
    public String bootstrap() {
        return bootstrap(KafkaOptions.PLAIN);
    }

    /** Host and port of a listener. */
    public String bootstrap(String listener) {
        return options.listener(listener).address();
    }

    /** Stops the broker as an operator would, its clients keep trying; does nothing while it is down. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** Stops the broker and starts it on the same data and ports. */
    public synchronized void restart() throws IOException {
        stop();
        start();
    }

    /** Stops the broker; the data stays. */
    @Override
    public void close() {
        stop();
    }
}
