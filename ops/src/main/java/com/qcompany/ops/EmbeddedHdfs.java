package com.qcompany.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.DFSConfigKeys;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSCluster.DataNodeProperties;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.SafeModeAction;
import org.jspecify.annotations.Nullable;

/**
 * One NameNode and one DataNode in this process, their storage in the data directory.
 *
 * <p>For tests of outages the NameNode can be made read-only and the DataNode stopped for a while.
 */
public final class EmbeddedHdfs implements AutoCloseable {

    private final MiniDFSCluster cluster;

    private @Nullable DataNodeProperties stoppedDataNode;

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
        boolean format = !Files.exists(formatted);
        if (format) {
            FileUtils.cleanDirectory(storage.toFile());
        }
        Configuration own = new Configuration(conf);
        own.set(DFSConfigKeys.DFS_NAMENODE_NAME_DIR_KEY, directory(storage, "name"));
        own.set(DFSConfigKeys.DFS_DATANODE_DATA_DIR_KEY, directory(storage, "data"));
        // What the cluster manages it deletes when a start fails and at the end of the process.
        own.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, storage.resolve("scratch").toString());
        EmbeddedHdfs hdfs = new EmbeddedHdfs(new MiniDFSCluster.Builder(own)
                .numDataNodes(1)
                .manageNameDfsDirs(false)
                .manageDataDfsDirs(false)
                .nameNodePort(ports.of(Endpoint.NAME_NODE))
                .nameNodeHttpPort(ports.of(Endpoint.NAME_NODE_WEB))
                .format(format)
                .checkExitOnShutdown(false)
                .build());
        try {
            hdfs.cluster.waitActive();
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

    /** Makes the NameNode refuse every change until {@link #leaveSafeMode}. */
    public void enterSafeMode() throws IOException {
        cluster.getNameNodeRpc().setSafeMode(SafeModeAction.SAFEMODE_ENTER, false);
    }

    public void leaveSafeMode() throws IOException {
        cluster.getNameNodeRpc().setSafeMode(SafeModeAction.SAFEMODE_LEAVE, false);
    }

    /** Stops the DataNode: no block can be written or read until {@link #startDataNode}. */
    public synchronized void stopDataNode() {
        if (stoppedDataNode == null) {
            stoppedDataNode = cluster.stopDataNode(0);
        }
    }

    /** Starts the stopped DataNode on the same ports and waits until the NameNode knows it. */
    public synchronized void startDataNode() throws IOException {
        if (stoppedDataNode != null) {
            cluster.restartDataNode(stoppedDataNode, true);
            stoppedDataNode = null;
            cluster.waitActive();
        }
    }

    /** Stops the DataNode and starts it again. */
    public void restartDataNode() throws IOException {
        stopDataNode();
        startDataNode();
    }

    /** Stops both; the storage stays. */
    @Override
    public void close() {
        cluster.shutdown(false);
    }
}
