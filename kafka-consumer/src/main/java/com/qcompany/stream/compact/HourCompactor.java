package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamLayout;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseHeldException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * Closes hours: a run takes the lease, completes what an earlier run began, closes every hour that is due, and registers
 * new partitions in Hive. To be called again and again; not thread-safe.
 *
 * <p>An hour that fails does not keep others open. Wherever a run is killed, the next one, here or elsewhere, completes
 * or discards what it began, and no row is lost or doubled.
 */
public final class HourCompactor {

    private final Configuration conf;
    private final FileSystem fs;
    private final StreamLayout layout;
    private final PositionSource positions;
    private final PartitionRegistrar registrar;
    private final Clock clock;
    private final SettledHours settled = new SettledHours();

    /**
     * A compactor.
     *
     * @param positions asked once a run; stays open
     * @param registrar is told of partitions that get a file, and told to register them at the end of every run
     */
    public HourCompactor(
            Configuration conf,
            FileSystem fs,
            StreamLayout layout,
            PositionSource positions,
            PartitionRegistrar registrar,
            Clock clock) {
        this.conf = conf;
        this.fs = fs;
        this.layout = layout;
        this.positions = positions;
        this.registrar = registrar;
        this.clock = clock;
    }

    /**
     * Closes every hour that is due.
     *
     * @throws LeaseHeldException if another process compacts, or took this run for crashed
     * @throws IOException if Kafka or the file system failed, or, after the others, the hours that could not be closed
     */
    public CompactionSummary run() throws IOException {
        return underLease((run, failures) -> {
            List<PartitionProgress> progress = positions.read();
            HourClock hourClock = new HourClock(
                    Watermark.of(progress, clock, StreamSettings.IDLE.get(conf), StreamSettings.ZONE.get(conf)),
                    StreamSettings.GRACE.get(conf));
            Set<EventHour> unpublished = new PendingEpochs(fs, layout).hoursOf(progress);
            for (HourFiles.HourDirectory open : run.open().hours()) {
                if (hourClock.isClosed(open.hour()) && !unpublished.contains(open.hour())) {
                    failures.catching(open.hour(), () -> run.closeDue(open.hour()));
                }
            }
            if (StreamSettings.VISIBILITY.get(conf) == StreamSettings.Visibility.LIVE) {
                for (HourFiles.HourDirectory visible :
                        settled.changed(run.visible().hours())) {
                    if (hourClock.isClosed(visible.hour()) && !unpublished.contains(visible.hour())) {
                        failures.catching(visible.hour(), () -> settled.put(visible, run.joinDue(visible.hour())));
                    }
                }
            }
        });
    }

    /**
     * Closes one hour now, whatever the watermark and the last time late events were published; files of epochs that
     * are not wholly published are left for the next time.
     *
     * @throws LeaseHeldException if another process compacts, or took this run for crashed
     * @throws IOException if the file system failed
     */
    public CompactionSummary run(EventHour hour) throws IOException {
        return underLease((run, failures) -> failures.catching(hour, () -> run.closeByHand(hour)));
    }

    /** What is done under the lease. */
    @FunctionalInterface
    private interface Work {
        void on(CompactionRun run, Failures failures) throws IOException;
    }

    private CompactionSummary underLease(Work work) throws IOException {
        Instant started = clock.instant();
        try (Lease lease = Lease.acquire(fs, layout.compactionLease(), "stream compaction", conf)) {
            Failures failures = new Failures();
            CompactionRun run = new CompactionRun(conf, fs, layout, registrar, lease::verify, clock);
            run.recover(failures);
            work.on(run, failures);
            run.removeStaging();
            int unregistered = registrar.register();
            failures.throwIfAny();
            return run.summary().ended(Duration.between(started, clock.instant()), unregistered);
        }
    }
}
