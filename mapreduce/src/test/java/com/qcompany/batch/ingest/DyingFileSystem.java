package com.qcompany.batch.ingest;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A file system as seen by a process that is killed before its n-th change: that change and all after it fail. Changes
 * are counted from 1.
 */
final class DyingFileSystem extends FilterFileSystem {

    private final int killedAt;
    private int changes;

    DyingFileSystem(FileSystem fs, int killedAt) {
        super(fs);
        this.killedAt = killedAt;
    }

    /** Changes asked for so far. */
    int changes() {
        return changes;
    }

    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        change();
        return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        change();
        return super.rename(from, to);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        change();
        return super.delete(path, recursive);
    }

    @Override
    public boolean mkdirs(Path path, FsPermission permission) throws IOException {
        change();
        return super.mkdirs(path, permission);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        change();
        return super.mkdirs(path);
    }

    private synchronized void change() throws IOException {
        changes++;
        if (changes >= killedAt) {
            throw new IOException("killed before change " + killedAt);
        }
    }
}
