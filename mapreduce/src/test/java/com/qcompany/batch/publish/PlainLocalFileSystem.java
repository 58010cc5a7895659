package com.qcompany.batch.publish;

import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local file system without checksum files and without permissions, each of which costs a process where native
 * libraries are absent.
 */
public final class PlainLocalFileSystem extends LocalFileSystem {

    public PlainLocalFileSystem() {
        super(new WithoutPermissions());
        setWriteChecksum(false);
    }

    private static final class WithoutPermissions extends RawLocalFileSystem {

        @Override
        public void setPermission(Path path, FsPermission permission) {}
    }
}
