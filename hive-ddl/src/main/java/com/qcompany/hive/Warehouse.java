package com.qcompany.hive;

import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a configuration puts the warehouse: its files and its Hive database.
 *
 * @param layout layout below the root, which is qualified with scheme and authority, as Hive needs it
 */
public record Warehouse(FileSystem fs, Layout layout, String database) {

    public static Warehouse of(Configuration conf) throws IOException {
        Path root = Layout.of(conf).root();
        FileSystem fs = root.getFileSystem(conf);
        return new Warehouse(fs, new Layout(fs.makeQualified(root)), Settings.DATABASE.get(conf));
    }

    /** Parameters {@code db} and {@code root} of the DDL. */
    HqlParameters ddlParameters() {
        return HqlParameters.ofDatabase(database).location("root", layout.root());
    }
}
