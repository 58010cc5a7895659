package com.qcompany.ops;

import com.qcompany.hive.DurableFile;
import java.io.IOException;
import java.io.StringWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.utils.Utils;

/**
 * The ports of one stack, each free when it was chosen.
 *
 * <p>They are chosen at the first start and kept for the next ones. A port that something else took meanwhile is
 * replaced, but for the NameNode's: the Hive metastore holds locations that name it.
 */
public record Ports(Map<Endpoint, Integer> numbers) {

    public Ports {
        numbers = Map.copyOf(numbers);
    }

    public int of(Endpoint endpoint) {
        return Objects.requireNonNull(numbers.get(endpoint), endpoint.label());
    }

    /** Host and port of a server, as clients write it. */
    public String address(Endpoint endpoint) {
        return "127.0.0.1:" + of(endpoint);
    }

    /**
     * The ports that a file names where they are still free, others instead of the rest; the file then names them all.
     *
     * @param block where the others are chosen from; whoever holds it until the servers listen shares no port with
     *     another stack that starts at the same time
     * @throws IOException when the file cannot be read or written, or the NameNode's port is taken
     */
    public static Ports choose(Path file, PortBlock block) throws IOException {
        Properties saved = saved(file);
        Map<Endpoint, Integer> numbers = new EnumMap<>(Endpoint.class);
        List<ServerSocket> probes = new ArrayList<>();
        try {
            for (Endpoint endpoint : Endpoint.values()) {
                String port = saved.getProperty(endpoint.label());
                ServerSocket probe =
                        port == null ? block.bindNext() : bindAgain(endpoint, Integer.parseInt(port), block);
                probes.add(probe);
                numbers.put(endpoint, probe.getLocalPort());
            }
        } finally {
            for (ServerSocket probe : probes) {
                probe.close();
            }
        }
        save(numbers, file);
        return new Ports(numbers);
    }

    /**
     * The ports that a file names, whoever listens on them: those of servers that run.
     *
     * @throws IOException when the file cannot be read or lacks one
     */
    public static Ports read(Path file) throws IOException {
        Properties saved = saved(file);
        Map<Endpoint, Integer> numbers = new EnumMap<>(Endpoint.class);
        for (Endpoint endpoint : Endpoint.values()) {
            String port = saved.getProperty(endpoint.label());
            if (port == null) {
                throw new IOException("Cannot find the port of %s in %s (stop all servers, the next start chooses it)"
                        .formatted(endpoint.label(), file));
            }
            numbers.put(endpoint, Integer.parseInt(port));
        }
        return new Ports(numbers);
    }

    private static Properties saved(Path file) throws IOException {
        return Files.exists(file) ? Utils.loadProps(file.toString()) : new Properties();
    }

    /**
     * Returns when nothing listens on a port.
     *
     * @throws BindException when it is taken
     */
    static void requireFree(int port) throws IOException {
        bind(port).close();
    }

    private static ServerSocket bindAgain(Endpoint endpoint, int port, PortBlock block) throws IOException {
        try {
            return bind(port);
        } catch (IOException e) {
            if (endpoint == Endpoint.NAME_NODE) {
                throw new IOException(
                        "Cannot start the NameNode on port %d: it is taken (table locations name it; free the port)"
                                .formatted(port),
                        e);
            }
            return block.bindNext();
        }
    }

    static ServerSocket bind(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    private static void save(Map<Endpoint, Integer> numbers, Path file) throws IOException {
        Properties properties = new Properties();
        numbers.forEach((endpoint, port) -> properties.setProperty(endpoint.label(), port.toString()));
        StringWriter text = new StringWriter();
        properties.store(text, "Ports of the stack");
        DurableFile.write(file, text.toString());
    }
}
