package com.qcompany.ops;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where one embedded stack keeps its data.
 *
 * <pre>
 * conf/             client configuration, rewritten at every start
 * hdfs/             NameNode and DataNode storage
 * metastore/        Derby database of the Hive metastore
 * kafka/            log of the broker: topics, cluster metadata
 * oozie/            configuration, jobs and logs of the Oozie server
 * landing/          where scheduled runs look for group folders
 * logs/             logs of the servers and of YARN containers
 * tmp/              scratch of servers and clients
 * ports.properties  ports of the last start
 * services.tsv      name and address of every running server; absent while none runs
 * lock              held by the running stack
 * </pre>
 */
record DataDirectory(Path root) {

    Path configuration() {
        return root.resolve("conf");
    }

    Path hdfs() {
        return root.resolve("hdfs");
    }

    Path metastore() {
        return root.resolve("metastore");
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path oozie() {
        return root.resolve("oozie");
    }

    Path landing() {
        return root.resolve("landing");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path ports() {
        return root.resolve("ports.properties");
    }

    Path services() {
        return root.resolve("services.tsv");
    }

    /** Creates what is absent. */
    void create() throws IOException {
        for (Path directory : new Path[] {configuration(), hdfs(), landing(), logs(), temporary()}) {
            Files.createDirectories(directory);
        }
    }

    /**
     * Takes the directory for one stack, until the result is closed or the process ends.
     *
     * @throws IOException when another stack has it
     */
    FileChannel lock() throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(e);
        }
        channel.close();
        throw inUse(null);
    }

    private IOException inUse(@Nullable Exception cause) {
        return new IOException(
                "Cannot start a stack in %s: another one runs there (stop it, or choose another directory)"
                        .formatted(root),
                cause);
    }
}
