package com.qcompany.ops.daemons;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.server.namenode.NameNode;

/**
 * Formats HDFS before the first start, and never again.
 *
 * @param storage directory of the storage of NameNode and DataNode; holds a file {@code formatted} once it is
 * @param conf directory with the server's {@code hdfs-site.xml}
 */
record NameNodeStorage(Path storage, Path conf) implements Daemon.Preparation {

    @Override
    public void run() throws IOException {
        Path formatted = storage.resolve("formatted");
        if (Files.exists(formatted)) {
            return;
        }
        FileUtils.cleanDirectory(storage.toFile());
        Configuration server = new Configuration();
        server.addResource(
                new org.apache.hadoop.fs.Path(conf.resolve("hdfs-site.xml").toUri()));
        NameNode.format(server);
        Files.createFile(formatted);
    }
}
