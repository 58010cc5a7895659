package com.qcompany.warehouse.fake;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/** The local file system as a configuration names it, with a fault: a step at which the process dies, or no new files. */
public final class FaultyFileSystem extends FilterFileSystem {

    private static volatile CrashPoint crash = CrashPoint.never();
    private static volatile @Nullable Exception failure;

    public FaultyFileSystem() {
        super(new CrashingFileSystem(new PlainLocalFileSystem(), crash));
    }

    /** Makes every change a step, at one of which the process dies. */
    public static void crashAt(CrashPoint point, Configuration conf) {
        use(conf);
        crash = point;
    }

    /** Makes every attempt to create a file fail. */
    public static void failToCreate(Exception cause, Configuration conf) {
        use(conf);
        failure = cause;
    }

    private static void use(Configuration conf) {
        conf.setClass("fs.file.impl", FaultyFileSystem.class, FileSystem.class);
        conf.setBoolean("fs.file.impl.disable.cache", true);
        crash = CrashPoint.never();
        failure = null;
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
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
    }
}
