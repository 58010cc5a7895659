package com.qcompany.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.DFSConfigKeys;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.server.namenode.NameNode;

/** One NameNode and one DataNode in this process, their storage in the data directory. */
public final class EmbeddedHdfs {

    private EmbeddedHdfs() {}

    /**
     * Starts both and waits until HDFS takes writes; closing the result stops them, and the storage stays.
     *
     * @param conf configuration of the stack; not changed
     * @param storage directory of the storage
     */
    static MiniDFSCluster start(Configuration conf, Path storage, Ports ports) throws IOException {
        Configuration own = new Configuration(conf);
        own.set(
                DFSConfigKeys.DFS_NAMENODE_NAME_DIR_KEY,
                storage.resolve("name").toUri().toString());
        // The DataNode takes what stands for a letter in a URI for the letters of the path.
        own.set(DFSConfigKeys.DFS_DATANODE_DATA_DIR_KEY, storage.resolve("data").toString());
        // What the cluster manages it deletes when a start fails and at the end of the process.
        own.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, storage.resolve("scratch").toString());
        formatOnce(own, storage);
        return new MiniDFSCluster.Builder(own)
                .numDataNodes(1)
                .manageNameDfsDirs(false)
                .manageDataDfsDirs(false)
                .nameNodePort(ports.of(Endpoint.NAME_NODE))
                .nameNodeHttpPort(ports.of(Endpoint.NAME_NODE_WEB))
                .format(false)
                .checkExitOnShutdown(false)
                .build();
    }

    /**
     * Formats HDFS before the first start, and never again.
     *
     * @param conf the NameNode's
     * @param storage directory of all its storage
     */
    public static void formatOnce(Configuration conf, Path storage) throws IOException {
        Path formatted = storage.resolve("formatted");
        if (!Files.exists(formatted)) {
            FileUtils.cleanDirectory(storage.toFile());
            NameNode.format(conf);
            Files.createFile(formatted);
        }
    }
}
