package com.qcompany.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.DFSConfigKeys;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** One NameNode and one DataNode in this process, their storage in the data directory. */
final class EmbeddedHdfs {

    private EmbeddedHdfs() {}

    /**
     * Starts both and waits until HDFS takes writes; closing the result stops them, and the storage stays. The storage is formatted when no start has succeeded with it yet.
     *
     * @param conf configuration of the stack; not changed
     * @param storage directory of the storage
     */
    static MiniDFSCluster start(Configuration conf, Path storage, Ports ports) throws IOException {
        Path formatted = storage.resolve("formatted");
        boolean format = !Files.exists(formatted);
        if (format) {
            FileUtils.cleanDirectory(storage.toFile());
        }
        Configuration own = new Configuration(conf);
        own.set(DFSConfigKeys.DFS_NAMENODE_NAME_DIR_KEY, directory(storage, "name"));
        own.set(DFSConfigKeys.DFS_DATANODE_DATA_DIR_KEY, directory(storage, "data"));
        // What the cluster manages it deletes when a start fails and at the end of the process.
        own.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, storage.resolve("scratch").toString());
        MiniDFSCluster hdfs = new MiniDFSCluster.Builder(own)
                .numDataNodes(1)
                .manageNameDfsDirs(false)
                .manageDataDfsDirs(false)
                .nameNodePort(ports.of(Endpoint.NAME_NODE))
                .nameNodeHttpPort(ports.of(Endpoint.NAME_NODE_WEB))
                .format(format)
                .checkExitOnShutdown(false)
                .build();
        try {
            hdfs.waitActive();
        } catch (IOException | RuntimeException e) {
            hdfs.close();
            throw e;
        }
        if (format) {
            Files.createFile(formatted);
        }
        return hdfs;
    }

    private static String directory(Path storage, String name) {
        return storage.resolve(name).toUri().toString();
    }
}
