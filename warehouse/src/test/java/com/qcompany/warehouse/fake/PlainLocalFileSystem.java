package com.qcompany.warehouse.fake;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local file system without checksum files, permissions and syncs, each of which costs a process, where native
 * libraries are absent, or a disk write. It joins files as HDFS does: the sources are gone afterwards.
 */
public final class PlainLocalFileSystem extends LocalFileSystem {

    public PlainLocalFileSystem() {
        super(new Plain());
        setWriteChecksum(false);
    }

    /** That of file systems without checksums, which can join files. */
    @Override
    public boolean hasPathCapability(Path path, String capability) throws IOException {
        return getRaw().hasPathCapability(path, capability);
    }

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

    private static final class Plain extends RawLocalFileSystem {

        @Override
        public void setPermission(Path path, FsPermission permission) {}

        @Override
        protected OutputStream createOutputStreamWithMode(Path file, boolean append, FsPermission permission)
                throws IOException {
            return new BufferedOutputStream(super.createOutputStreamWithMode(file, append, null));
        }
    }
}
