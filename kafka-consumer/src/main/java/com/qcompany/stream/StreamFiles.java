package com.qcompany.stream;

import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** The settings of a stream, the file system that its files lie on, and where. */
public record StreamFiles(Configuration conf, FileSystem fs, StreamLayout layout) {

    /** Of a configuration, its root fully qualified. */
    public static StreamFiles of(Configuration conf) throws IOException {
        Layout warehouse = Layout.of(conf);
        FileSystem fs = warehouse.root().getFileSystem(conf);
        return new StreamFiles(conf, fs, new StreamLayout(new Layout(fs.makeQualified(warehouse.root()))));
    }
}
