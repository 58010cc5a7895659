package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamLayout;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseHeldException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes hours in rounds: a round takes the lease, completes what an earlier one began, closes hours that are due, and
 * registers new partitions in Hive. To be called again and again; not thread-safe.
 *
 * <p>An hour that fails does not keep others open. Wherever a round is killed, the next one, here or elsewhere, completes
 * or discards what it began, and no row is lost or doubled.
 */
public final class HourCompactor {

    private static final Logger LOG = LoggerFactory.getLogger(HourCompactor.class);
    /** Hours of a round beside consumers: a storm of old hours keeps neither the newest nor other work waiting. */
    private static final int HOURS_PER_ROUND = 100;

    private final Configuration conf;
    private final FileSystem fs;
    private final StreamLayout layout;
    private final ClosedHours closed;
    private final PartitionRegistrar registrar;
    private final Clock clock;
    private final DueHours due = new DueHours();

    /**
     * A compactor.
     *
     * @param positions asked once a round; stays open
     * @param registrar remembers partitions that get a file, and registers them at the end of every round
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
        this.closed = new ClosedHours(conf, new PendingEpochs(fs, layout), positions, clock);
        this.registrar = registrar;
        this.clock = clock;
    }

    /**
     * Closes the newest hours that are due; those beyond a limit are left for the next rounds.
     *
     * @throws LeaseHeldException if another process compacts, or took this one for crashed
     * @throws IOException if Kafka or the file system failed, or, after the others, the hours that could not be closed
     */
    public CompactionSummary run() throws IOException {
        return run(HOURS_PER_ROUND);
    }

    /** Closes so many of the hours that are due, the newest first. */
    CompactionSummary run(int maxHours) throws IOException {
        return underLease((round, failures) -> {
            List<EventHour> hours = due.order(closed.of(round.openHours()), clock.instant());
            for (EventHour hour : hours.subList(0, Math.min(maxHours, hours.size()))) {
                failures.catching(hour, () -> due.waits(hour, round.closeDue(hour)));
            }
            due.failed(failures.hours());
            if (hours.size() > maxHours) {
                LOG.info(
                        "Closed or tried {} hours; {} older ones are due and close in the next rounds, {} at a time",
                        maxHours,
                        hours.size() - maxHours,
                        maxHours);
            }
        });
    }

    /**
     * Closes one hour now, whatever the watermark and the last time late events were published; files of epochs that
     * are not wholly published are left for the next time.
     *
     * @throws LeaseHeldException if another process compacts, or took this one for crashed
     * @throws IOException if the file system failed
     */
    public CompactionSummary run(EventHour hour) throws IOException {
        return underLease((round, failures) -> failures.catching(hour, () -> round.closeByHand(hour)));
    }

    /** What is done under the lease. */
    @FunctionalInterface
    private interface Work {
        void on(ClosingRound round, Failures failures) throws IOException;
    }

    private CompactionSummary underLease(Work work) throws IOException {
        Instant started = clock.instant();
        try (Lease lease = Lease.acquire(fs, layout.compactionLease(), "stream compaction", conf)) {
            Failures failures = new Failures();
            ClosingRound round = new ClosingRound(conf, fs, layout, registrar, lease::verify, clock);
            round.recover(failures);
            work.on(round, failures);
            round.removeStaging();
            int unregistered = registrar.register();
            failures.throwIfAny();
            return round.summary().ended(Duration.between(started, clock.instant()), unregistered);
        }
    }
}
