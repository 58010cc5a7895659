package com.qcompany.stream.compact;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.hadoop.util.functional.InvocationRaisingIOE;

/** A file system that lets something else happen right before one of its calls, reads among them. */
public final class MeanwhileFileSystem extends FilterFileSystem {

    private final int call;
    private final InvocationRaisingIOE meanwhile;
    private int calls;

    public MeanwhileFileSystem(FileSystem fs, int call, InvocationRaisingIOE meanwhile) {
        super(fs);
        this.call = call;
        this.meanwhile = meanwhile;
    }

    /** Whether there were as many calls. */
    public boolean hasHappened() {
        return calls > call;
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        count();
        return super.listStatus(path);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        count();
        return super.getFileStatus(path);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        count();
        return super.open(path, bufferSize);
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
        count();
        return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public boolean rename(Path source, Path target) throws IOException {
        count();
        return super.rename(source, target);
    }

    @Override
    public boolean mkdirs(Path directory) throws IOException {
        count();
        return super.mkdirs(directory);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        count();
        return super.delete(path, recursive);
    }

    private void count() throws IOException {
        if (calls++ == call) {
            meanwhile.apply();
        }
    }
}
