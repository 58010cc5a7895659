package com.qcompany.ops;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Where one stack keeps its data.
 *
 * <pre>
 * conf/             client configuration, rewritten at every start
 * hdfs/             NameNode and DataNode storage
 * metastore/        Derby database of the Hive metastore
 * postgresql/       cluster of the databases of metastore and Oozie, of daemons only
 * yarn/             what ResourceManager and NodeManager recover from, of daemons only
 * daemons/          configuration, process ids and passwords of daemons
 * kafka/            log of the broker: topics, cluster metadata
 * oozie/            configuration, jobs and logs of the Oozie server
 * kerberos/         keys and certificate of a secured stack's servers; made by its first start, and only then
 * landing/          where scheduled runs look for group folders
 * logs/             logs of the servers and of YARN containers
 * tmp/              scratch of servers and clients
 * kind              embedded or daemons: what the data belongs to
 * ports.properties  ports of the last start
 * services.tsv      name and address of every running server; absent while none runs
 * lock              held by the running stack
 * </pre>
 */
public record DataDirectory(Path root) {

    public Path configuration() {
        return root.resolve("conf");
    }

    public Path hdfs() {
        return root.resolve("hdfs");
    }

    Path metastore() {
        return root.resolve("metastore");
    }

    /** Directory of what belongs to daemons alone. */
    public Path daemons() {
        return root.resolve("daemons");
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path oozie() {
        return root.resolve("oozie");
    }

    /** Directory of a secured stack's keys. */
    public Path kerberos() {
        return root.resolve("kerberos");
    }

    /** Whether the stack wants Kerberos and TLS, which its first start decides. */
    public boolean isSecured() {
        return Files.isDirectory(kerberos());
    }

    Path landing() {
        return root.resolve("landing");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path temporary() {
        return root.resolve("tmp");
    }

    public Path ports() {
        return root.resolve("ports.properties");
    }

    public Path services() {
        return root.resolve("services.tsv");
    }

    /**
     * Creates what is absent.
     *
     * @throws IOException where a DataNode could not start there: it makes a format of the URI of its directory
     */
    public void create() throws IOException {
        if (root.toFile().toURI().toString().contains("%")) {
            throw new IOException(
                    "Cannot keep a stack in %s: HDFS takes no blank, %%, # and such in its path (set Q_DATA_DIR to another)"
                            .formatted(root));
        }
        for (Path directory : new Path[] {configuration(), hdfs(), landing(), logs(), temporary()}) {
            Files.createDirectories(directory);
        }
    }

    /**
     * Marks the data as that of one kind of stack, for good.
     *
     * @throws IOException when it is another kind's
     */
    public void claim(StackKind kind) throws IOException {
        Path file = root.resolve("kind");
        StackKind present = kind;
        if (Files.exists(file)) {
            present = StackKind.valueOf(Files.readString(file).strip().toUpperCase(Locale.ROOT));
        } else if (Files.exists(ports())) {
            present = StackKind.EMBEDDED; // made before there were others
        }
        if (present != kind) {
            throw new IOException(
                    "Cannot start %s in %s: its data belongs to %s (start that, or choose another directory)"
                            .formatted(kind.description, root, present.description));
        }
        Files.writeString(file, kind.name().toLowerCase(Locale.ROOT) + "\n");
    }

    /**
     * Takes the directory for one stack, until the result is closed or the process ends.
     *
     * @throws IOException when another stack has it
     */
    public FileChannel lock() throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // one of this process has it
        }
        if (lock == null) {
            channel.close();
            throw new IOException(
                    "Cannot start or stop a stack in %s: another one runs there, or a q up, down or restart (wait for that, stop it, or choose another directory)"
                            .formatted(root));
        }
        return channel;
    }
}
