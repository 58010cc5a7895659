package com.qcompany.warehouse.state;

import com.qcompany.warehouse.command.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.ipc.RemoteException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mutual exclusion between runs that survives a crashed holder.
 *
 * <p>Every holder makes the next numbered file in the lease's directory, which only one can; the highest number is the
 * lease. A holder renews by writing a heartbeat file, whose modification time, like the time a challenger compares it
 * with, is the file system's own, so that the clocks of machines do not matter. A lease that was not renewed for the
 * time-out counts as crashed and the challenger makes the next number. The old holder, if it lives after all, learns of
 * it by {@link #verify} before it commits; the numbered journal makes a commit that slips through fail.
 */
public final class Lease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final String PREFIX = "lease-";
    private static final String RELEASED = ".released";
    private static final String HEARTBEAT = ".heartbeat";
    private static final String BEING_WRITTEN = "org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException";

    private final FileSystem fs;
    private final Path file;
    private final ScheduledExecutorService renewals;

    private Lease(FileSystem fs, Path file, Duration timeout) {
        this.fs = fs;
        this.file = file;
        this.renewals = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lease-" + file.getName());
            thread.setDaemon(true);
            return thread;
        });
        long period = Math.max(1, timeout.toMillis() / 5);
        var unused = renewals.scheduleAtFixedRate(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * Takes the lease for this process, for as long as {@link Settings#LEASE_TIMEOUT} at a time.
     *
     * @param directory directory of this lease and nothing else
     * @param work what it is taken for, for the message to others
     * @throws LeaseHeldException if another run holds it, saying who and since when
     */
    public static Lease acquire(FileSystem fs, Path directory, String work, Configuration conf) throws IOException {
        String process = ManagementFactory.getRuntimeMXBean().getName();
        String holder = "%s, process %s of %s".formatted(work, process, System.getProperty("user.name"));
        return acquire(fs, directory, holder, Settings.LEASE_TIMEOUT.get(conf));
    }

    /**
     * Takes the lease.
     *
     * @param directory directory of this lease and nothing else
     * @param holder who takes it, for the message to others
     * @param timeout age of the last renewal from which a holder counts as crashed
     * @throws LeaseHeldException if another run holds it, saying who and since when
     */
    public static Lease acquire(FileSystem fs, Path directory, String holder, Duration timeout) throws IOException {
        fs.mkdirs(directory);
        Optional<Path> last = last(fs, directory);
        if (last.isPresent() && !fs.exists(suffixed(last.get(), RELEASED))) {
            refuseIfAlive(fs, last.get(), timeout);
        }
        long next = last.map(Lease::number).orElse(0L) + 1;
        Path mine = new Path(directory, PREFIX + "%010d".formatted(next));
        try {
            NewFile.write(fs, mine, out -> out.write(holder.getBytes(StandardCharsets.UTF_8)));
        } catch (FileAlreadyExistsException | RemoteException e) {
            if (isTaken(e)) {
                throw new LeaseHeldException("Cannot take lease %s: another run took it just now".formatted(directory));
            }
            throw e;
        }
        deleteOlder(fs, directory, next);
        return new Lease(fs, mine, timeout);
    }

    /** Who has a lease that was not released, for people to read: whoever it is may have crashed. */
    public static Optional<LeaseHolder> holder(FileSystem fs, Path directory) throws IOException {
        Optional<Path> last = last(fs, directory);
        if (last.isEmpty() || fs.exists(suffixed(last.get(), RELEASED))) {
            return Optional.empty();
        }
        return Optional.of(new LeaseHolder(
                read(fs, last.get()),
                Instant.ofEpochMilli(renewed(fs, last.get()).getModificationTime())));
    }

    /** HDFS has another answer while the one who made the file is still writing it. */
    private static boolean isTaken(IOException refusal) {
        return refusal instanceof FileAlreadyExistsException
                || (refusal instanceof RemoteException remote
                        && remote.getClassName().equals(BEING_WRITTEN));
    }

    /** Checks that the lease was not taken over, to be called before every commit. */
    public void verify() throws IOException {
        Path last = last(fs, parent(file)).orElse(file);
        if (number(last) != number(file)) {
            throw new LeaseHeldException("Cannot go on under lease %s: %s took it over (this run was taken for crashed)"
                    .formatted(file, read(fs, last)));
        }
    }

    /** Releases the lease; others can take it at once. */
    @Override
    public void close() throws IOException {
        renewals.shutdownNow();
        fs.create(suffixed(file, RELEASED), true).close();
    }

    private void renew() {
        try {
            fs.create(suffixed(file, HEARTBEAT), true).close();
        } catch (IOException e) {
            LOG.warn("Cannot renew lease {}; the next attempt may succeed", file, e);
        }
    }

    private static void refuseIfAlive(FileSystem fs, Path lease, Duration timeout) throws IOException {
        long now = fileSystemTime(fs, parent(lease));
        long age = now - renewed(fs, lease).getModificationTime();
        if (age < timeout.toMillis()) {
            throw new LeaseHeldException("Cannot take lease %s: %s holds it, renewed %d s ago (it expires after %d s)"
                    .formatted(parent(lease), read(fs, lease), age / 1000, timeout.toSeconds()));
        }
        LOG.warn("Taking over lease {} of {}: not renewed for {} s", lease, read(fs, lease), age / 1000);
    }

    private static FileStatus renewed(FileSystem fs, Path lease) throws IOException {
        Path heartbeat = suffixed(lease, HEARTBEAT);
        return fs.getFileStatus(fs.exists(heartbeat) ? heartbeat : lease);
    }

    private static long fileSystemTime(FileSystem fs, Path directory) throws IOException {
        Path probe = new Path(directory, ".probe-" + UUID.randomUUID());
        fs.create(probe, false).close();
        try {
            return fs.getFileStatus(probe).getModificationTime();
        } finally {
            fs.delete(probe, false);
        }
    }

    private static Optional<Path> last(FileSystem fs, Path directory) throws IOException {
        return Arrays.stream(fs.listStatus(directory, path -> path.getName().matches(PREFIX + "\\d+")))
                .map(FileStatus::getPath)
                .max(Comparator.comparingLong(Lease::number));
    }

    private static void deleteOlder(FileSystem fs, Path directory, long number) throws IOException {
        for (FileStatus status : fs.listStatus(directory, path -> path.getName().startsWith(PREFIX))) {
            if (number(status.getPath()) < number) {
                fs.delete(status.getPath(), false);
            }
        }
    }

    private static String read(FileSystem fs, Path file) {
        try (FSDataInputStream in = fs.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read lease %s".formatted(file), e);
        }
    }

    private static long number(Path lease) {
        String name = lease.getName().substring(PREFIX.length());
        int dot = name.indexOf('.');
        return Long.parseLong(dot < 0 ? name : name.substring(0, dot));
    }

    private static Path suffixed(Path lease, String suffix) {
        return lease.suffix(suffix);
    }

    private static Path parent(Path lease) {
        return java.util.Objects.requireNonNull(lease.getParent());
    }
}
