package com.qcompany.stream.consume;

import com.qcompany.stream.StreamLayout;
import com.qcompany.stream.compact.PartitionRegistrar;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** The file system that the stream's files lie on, and where. */
record StreamFiles(FileSystem fs, StreamLayout layout) {

    /** Of a configuration, its root fully qualified. */
    static StreamFiles of(Configuration conf) throws IOException {
        Layout warehouse = Layout.of(conf);
        FileSystem fs = warehouse.root().getFileSystem(conf);
        return new StreamFiles(fs, new StreamLayout(new Layout(fs.makeQualified(warehouse.root()))));
    }

    Manifests manifests(Configuration conf, Clock clock, ProtocolStep.Listener steps) {
        return new Manifests(
                fs,
                layout,
                StreamSettings.RETAIN_MANIFESTS.get(conf),
                clock,
                new PublishedPartitions(PartitionRegistrar.of(conf, fs, layout)),
                steps);
    }
}
