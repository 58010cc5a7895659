package com.qcompany.ops.stream;

import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.ChecksumOpt;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/** HDFS to a process that sends itself a signal when it reaches a step for the count-th time. */
public final class SteppedHdfs extends DistributedFileSystem {

    private static final String STEP = "test.step";
    private static final String COUNT = "test.step-count";
    private static final String SIGNAL = "test.step-signal";

    private final AtomicInteger left = new AtomicInteger();
    private ProtocolStep step = ProtocolStep.ROWS_TAKEN;
    private String signal = "";

    /** Makes a process of some configuration do so. */
    static void use(ProtocolStep step, int count, String signal, Configuration conf) {
        conf.setClass("fs.hdfs.impl", SteppedHdfs.class, FileSystem.class);
        conf.setEnum(STEP, step);
        conf.setInt(COUNT, count);
        conf.set(SIGNAL, signal);
    }

    @Override
    public void initialize(URI uri, Configuration conf) throws IOException {
        super.initialize(uri, conf);
        step = conf.getEnum(STEP, step);
        left.set(conf.getInt(COUNT, 0));
        signal = conf.get(SIGNAL, signal);
    }

    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            EnumSet<CreateFlag> flags,
            int bufferSize,
            short replication,
            long blockSize,
            @Nullable Progressable progress,
            @Nullable ChecksumOpt checksum)
            throws IOException {
        at("before create " + file);
        FSDataOutputStream out =
                super.create(file, permission, flags, bufferSize, replication, blockSize, progress, checksum);
        at("after create " + file);
        return out;
    }

    @Override
    public boolean rename(Path source, Path target) throws IOException {
        at("before rename %s to %s".formatted(source, target));
        boolean isDone = super.rename(source, target);
        at("after rename %s to %s".formatted(source, target));
        return isDone;
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        at("before delete " + path);
        boolean isDone = super.delete(path, recursive);
        at("after delete " + path);
        return isDone;
    }

    private void at(String moment) throws IOException {
        if (step.is(moment) && left.decrementAndGet() == 0) {
            Signals.send(signal, ProcessHandle.current());
        }
    }
}
