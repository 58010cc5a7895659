package com.qcompany.ops;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, which makes jobs on the local runner cheap. It sets permissions by itself: without Hadoop's
 * native library the original starts {@code chmod} for each, thirty times a job. And a copy is a hard link where that can
 * be: each job of Hive copies its jar of 80 MB, which the local runner never reads.
 */
public final class NioLocalFileSystem extends LocalFileSystem {

    public NioLocalFileSystem() {
        super(new Raw());
    }

    @Override
    public void copyFromLocalFile(boolean deleteSource, Path source, Path target) throws IOException {
        File from = pathToFile(source);
        File to = pathToFile(target);
        if (deleteSource
                || !from.isFile()
                || !Files.getFileStore(from.toPath())
                        .equals(Files.getFileStore(to.getParentFile().toPath()))) {
            super.copyFromLocalFile(deleteSource, source, target);
        } else {
            Files.createLink(to.toPath(), from.toPath());
        }
    }

    private static final class Raw extends RawLocalFileSystem {

        @Override
        public void setPermission(Path path, FsPermission permission) throws IOException {
            Files.setAttribute(pathToFile(path).toPath(), "unix:mode", (int) permission.toShort());
        }
    }
}
