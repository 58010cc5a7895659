package com.qcompany.warehouse.fake;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A file system each of whose changes is a step at which the run can be killed. */
public final class CrashingFileSystem extends FilterFileSystem {

    private final CrashPoint crash;

    public CrashingFileSystem(FileSystem fs, CrashPoint crash) {
        super(fs);
        this.crash = crash;
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
        return crash.step(
                () -> super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress));
    }

    @Override
    public boolean rename(Path source, Path target) throws IOException {
        return crash.step(() -> super.rename(source, target));
    }

    @Override
    public void concat(Path target, Path[] sources) throws IOException {
        crash.step(() -> {
            super.concat(target, sources);
            return null;
        });
    }

    @Override
    public boolean mkdirs(Path directory) throws IOException {
        return crash.step(() -> super.mkdirs(directory));
    }

    @Override
    public boolean mkdirs(Path directory, FsPermission permission) throws IOException {
        return crash.step(() -> super.mkdirs(directory, permission));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return crash.step(() -> super.delete(path, recursive));
    }
}
