package com.qcompany.batch.load;

import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** The local file system without permissions, for which Hadoop starts a shell per file where it has no native code. */
public final class PlainLocalFileSystem extends LocalFileSystem {

    public PlainLocalFileSystem() {
        super(new RawLocalFileSystem() {
            @Override
            public void setPermission(Path path, FsPermission permission) {}
        });
    }
}
