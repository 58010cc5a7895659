package com.qcompany.warehouse.state;

import com.qcompany.warehouse.command.Settings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mutual exclusion between runs that survives a crashed holder.
 *
 * <p>Every holder makes the next numbered file in the lease's directory, which only one can; the highest number is the
 * lease. A holder renews by writing a heartbeat file, whose modification time, like the time a challenger compares it
 * with, is the file system's own, so that the clocks of machines do not matter. A lease that was not renewed for the
 * time-out counts as crashed and the challenger makes the next number; until then the challenger waits, for it cannot
 * know whether the holder was killed, and gives up as soon as the holder renews. The old holder, if it lives after all,
 * learns of it by {@link #verify} before it commits; the numbered journal makes a commit that slips through fail.
 */
public final class Lease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    /** Renewals within a time-out of the holder's; and as often as a challenger of another time-out must see one. */
    private static final int RENEWALS = 5;

    private static final long MAX_PERIOD_MILLIS = 2_000;

    /** How often a challenger looks. */
    private static final long LOOK_MILLIS = 500;

    private final LeaseDirectory leases;
    private final Path file;
    private final ScheduledExecutorService renewals;

    private Lease(LeaseDirectory leases, Path file, Duration timeout) {
        this.leases = leases;
        this.file = file;
        this.renewals = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lease-" + file.getName());
            thread.setDaemon(true);
            return thread;
        });
        long period = Math.max(1, Math.min(timeout.toMillis() / RENEWALS, MAX_PERIOD_MILLIS));
        var unused = renewals.scheduleAtFixedRate(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * Takes the lease for this process, for as long as {@link Settings#LEASE_TIMEOUT} at a time.
     *
     * @param directory directory of this lease and nothing else
     * @param work what it is taken for, for the message to others
     * @throws LeaseHeldException if another run holds it, which takes it a renewal to show
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
     * @throws LeaseHeldException if another run holds it, which takes it a renewal to show
     */
    public static Lease acquire(FileSystem fs, Path directory, String holder, Duration timeout) throws IOException {
        fs.mkdirs(directory);
        LeaseDirectory leases = new LeaseDirectory(fs, directory);
        Optional<Path> last = leases.last();
        Path mine;
        try {
            if (last.isPresent() && !leases.isReleased(last.get())) {
                awaitEnd(leases, last.get(), timeout);
            }
            mine = leases.makeAfter(last, holder);
        } catch (FileNotFoundException | FileAlreadyExistsException e) { // its files went as the next one's came
            throw takenJustNow(directory);
        }
        leases.deleteBefore(mine);
        return new Lease(leases, mine, timeout);
    }

    /** Who has a lease that was not released, for people to read: whoever it is may have crashed. */
    public static Optional<LeaseHolder> holder(FileSystem fs, Path directory) throws IOException {
        LeaseDirectory leases = new LeaseDirectory(fs, directory);
        Optional<Path> last = leases.last();
        return last.isEmpty() || leases.isReleased(last.get())
                ? Optional.empty()
                : Optional.of(leases.holder(last.get()));
    }

    /**
     * Checks that the lease was not taken over, to be called before every commit.
     *
     * @throws LeaseHeldException if it was, which says so
     */
    public void verify() throws IOException {
        Path last = leases.last().orElse(file);
        if (!last.getName().equals(file.getName())) {
            throw new LeaseHeldException(
                    "Cannot go on under lease %s: %s took it over (this run was taken for crashed)"
                            .formatted(file, leases.holder(last).name()),
                    true);
        }
    }

    /** Releases the lease; others can take it at once. */
    @Override
    public void close() throws IOException {
        renewals.shutdownNow();
        leases.release(file);
    }

    private void renew() {
        try {
            leases.renew(file);
        } catch (IOException e) {
            LOG.warn("Cannot renew lease {}; the next attempt may succeed", file, e);
        }
    }

    /** Returns once the lease is released or its holder counts as crashed. */
    private static void awaitEnd(LeaseDirectory leases, Path lease, Duration timeout) throws IOException {
        LeaseHolder first = leases.holder(lease);
        long rest =
                timeout.toMillis() - (leases.now() - first.renewedAt().toEpochMilli()); // by the file system's clock
        if (rest > 0) {
            LOG.info(
                    "Waiting for lease {}: {} holds it, and counts as crashed unless it renews it within {} s",
                    leases.path(),
                    first.name(),
                    (rest + 999) / 1000);
        }
        for (; rest > 0 && !leases.isReleased(lease); rest -= LOOK_MILLIS) {
            pause(Math.min(rest, LOOK_MILLIS));
            if (!leases.last().equals(Optional.of(lease))) {
                throw takenJustNow(leases.path());
            }
            LeaseHolder holder = leases.holder(lease);
            if (holder.renewedAt().isAfter(first.renewedAt())) {
                throw new LeaseHeldException(
                        "Cannot take lease %s: %s holds it and renews it".formatted(leases.path(), holder.name()));
            }
        }
        if (rest <= 0) {
            LOG.warn("Taking over lease {} of {}: not renewed for {} s", lease, first.name(), timeout.toSeconds());
        }
    }

    private static LeaseHeldException takenJustNow(Path directory) {
        return new LeaseHeldException("Cannot take lease %s: another run took it just now".formatted(directory));
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for a lease");
        }
    }
}
