package com.qcompany.stream.compact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local file system without checksum files, and without permissions, each of which costs a process where native
 * libraries are absent. It joins files as HDFS does: the sources are gone afterwards.
 */
public final class PlainLocalFileSystem extends RawLocalFileSystem {

    @Override
    public void setPermission(Path path, FsPermission permission) {}

    @Override
    public void concat(Path target, Path[] sources) throws IOException {
        for (Path source : sources) {
            Files.write(
                    pathToFile(target).toPath(),
                    Files.readAllBytes(pathToFile(source).toPath()),
                    StandardOpenOption.APPEND);
        }
        for (Path source : sources) {
            delete(source, false);
        }
    }
}
