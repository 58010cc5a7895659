package com.qcompany.warehouse.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.ipc.RemoteException;

/**
 * The files of a lease: {@code lease-N} has the name of its holder, {@code lease-N.heartbeat} the time of its last
 * renewal, {@code lease-N.released} says that it ended. The highest number, of ten digits, is the lease.
 */
record LeaseDirectory(FileSystem fs, Path path) {

    private static final String PREFIX = "lease-";
    private static final String RELEASED = ".released";
    private static final String HEARTBEAT = ".heartbeat";
    private static final String BEING_WRITTEN = "org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException";

    /** The lease, or nothing where nobody has had it yet. */
    Optional<Path> last() throws IOException {
        return Arrays.stream(fs.listStatus(path, file -> file.getName().matches(PREFIX + "\\d+")))
                .map(FileStatus::getPath)
                .max(Comparator.naturalOrder());
    }

    boolean isReleased(Path lease) throws IOException {
        return fs.exists(lease.suffix(RELEASED));
    }

    /** Makes the lease after the one that was seen last. */
    Path makeAfter(Optional<Path> last, String holder) throws IOException {
        long number = last.map(lease -> Long.parseLong(lease.getName().substring(PREFIX.length())))
                .orElse(0L);
        Path next = new Path(path, PREFIX + "%010d".formatted(number + 1));
        try {
            NewFile.write(fs, next, out -> out.write(holder.getBytes(StandardCharsets.UTF_8)));
        } catch (RemoteException e) {
            // What HDFS answers while the one who made the file is still writing it.
            if (e.getClassName().equals(BEING_WRITTEN)) {
                throw new FileAlreadyExistsException(e.getMessage());
            }
            throw e;
        }
        return next;
    }

    void deleteBefore(Path lease) throws IOException {
        for (FileStatus file : fs.listStatus(path, file -> file.getName().startsWith(PREFIX))) {
            if (file.getPath().getName().compareTo(lease.getName()) < 0) {
                fs.delete(file.getPath(), false);
            }
        }
    }

    void renew(Path lease) throws IOException {
        fs.create(lease.suffix(HEARTBEAT), true).close();
    }

    void release(Path lease) throws IOException {
        fs.create(lease.suffix(RELEASED), true).close();
    }

    /** Who has a lease, and since when it was not renewed, by the file system's clock. */
    LeaseHolder holder(Path lease) throws IOException {
        Path heartbeat = lease.suffix(HEARTBEAT);
        FileStatus renewed = fs.getFileStatus(fs.exists(heartbeat) ? heartbeat : lease);
        try (FSDataInputStream in = fs.open(lease)) {
            return new LeaseHolder(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8),
                    Instant.ofEpochMilli(renewed.getModificationTime()));
        }
    }

    /** The time by the file system's clock, in milliseconds. */
    long now() throws IOException {
        Path probe = new Path(path, ".probe-" + UUID.randomUUID());
        fs.create(probe, false).close();
        try {
            return fs.getFileStatus(probe).getModificationTime();
        } finally {
            fs.delete(probe, false);
        }
    }
}
