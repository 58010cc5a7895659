package com.qcompany.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** One NameNode and one DataNode in this process, their storage in the data directory. */
final class EmbeddedHdfs implements AutoCloseable {

    private final MiniDFSCluster cluster;

    private EmbeddedHdfs(MiniDFSCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts both and waits until HDFS takes writes. The storage is formatted when no start has succeeded with it yet.
     *
     * @param conf configuration of the stack; not changed
     * @param storage directory of the storage
     */
    static EmbeddedHdfs start(Configuration conf, Path storage, Ports ports) throws IOException {
        Path formatted = storage.resolve("formatted");
        Configuration own = new Configuration(conf);
        own.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, storage.toString());
        MiniDFSCluster cluster = new MiniDFSCluster.Builder(own)
                .numDataNodes(1)
                .nameNodePort(ports.of(Endpoint.NAME_NODE))
                .nameNodeHttpPort(ports.of(Endpoint.NAME_NODE_WEB))
                .format(!Files.exists(formatted))
                .checkExitOnShutdown(false)
                .build();
        cluster.waitActive();
        if (!Files.exists(formatted)) {
            Files.createFile(formatted);
        }
        return new EmbeddedHdfs(cluster);
    }

    /** Stops both; the storage stays. */
    @Override
    public void close() {
        cluster.shutdown(false);
    }
}
