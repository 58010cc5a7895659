package com.qcompany.batch.ingest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** The local file system without permissions and syncs, each of which would cost a process or a disk write. */
final class QuickFileSystem extends RawLocalFileSystem {

    @Override
    public void setPermission(Path path, FsPermission permission) {}

    @Override
    protected OutputStream createOutputStreamWithMode(Path file, boolean append, FsPermission permission)
            throws IOException {
        return new BufferedOutputStream(super.createOutputStreamWithMode(file, append, null));
    }
}
