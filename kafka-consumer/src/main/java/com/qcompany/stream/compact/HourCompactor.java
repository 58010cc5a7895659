package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseHeldException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.util.functional.BiFunctionRaisingIOE;
import org.apache.hadoop.util.functional.CallableRaisingIOE;
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
    /** Hours of a round: a storm of old hours keeps neither the newest nor other work waiting. */
    private static final int HOURS_PER_ROUND = 150;

    private final StreamFiles stream;
    private final CallableRaisingIOE<List<PartitionProgress>> positions;
    private final PartitionRegistrar registrar;
    private final Clock clock;
    private final Map<EventHour, Instant> waiting = new HashMap<>();
    /** When hours that could not be closed were tried last. */
    private final Map<EventHour, Instant> failed = new HashMap<>();

    /**
     * A compactor.
     *
     * @param positions the progress of every partition of the topic, {@link PartitionProgress#of}; asked once a round
     * @param registrar remembers partitions that get a file, and registers them at the end of every round
     */
    public HourCompactor(
            StreamFiles stream,
            CallableRaisingIOE<List<PartitionProgress>> positions,
            PartitionRegistrar registrar,
            Clock clock) {
        this.stream = stream;
        this.positions = positions;
        this.registrar = registrar;
        this.clock = clock;
    }

    /**
     * Closes the newest hours that are due; those beyond a limit are left for the next rounds, of which the summary tells,
     * as it does of hours that could not be closed.
     *
     * @throws LeaseHeldException if another process compacts, or took this one for crashed
     * @throws IOException if Kafka or the file system failed
     */
    public CompactionSummary run() throws IOException {
        return run(HOURS_PER_ROUND);
    }

    /** Closes so many of the hours that are due, the newest first. */
    CompactionSummary run(int maxHours) throws IOException {
        return underLease((round, failures) -> {
            List<EventHour> due = due();
            for (EventHour hour : due.subList(0, Math.min(maxHours, due.size()))) {
                failures.catching(hour, () -> waiting.put(hour, round.close(hour, false)));
                failed.remove(hour);
            }
            Instant tried = clock.instant();
            failures.hours().forEach(hour -> failed.put(hour, tried));
            int left = Math.max(0, due.size() - maxHours);
            if (left > 0) {
                LOG.info("Closed or tried {} hours; {} older ones are due and close next", maxHours, left);
            }
            return left;
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
        return underLease((round, failures) -> {
            failures.catching(hour, () -> round.close(hour, true));
            return 0;
        });
    }

    /**
     * Open hours that the watermark has passed and no committed epoch has still to publish a file of: the newest first,
     * those that failed after the others, the one that was tried last as the last, and none that waits for more late
     * events.
     */
    private List<EventHour> due() throws IOException {
        OpenFiles open = new OpenFiles(stream);
        List<EventHour> hours = open.hours();
        List<PartitionProgress> progress = positions.apply();
        Instant now = clock.instant();
        long watermark = new Watermarks(
                        now, StreamSettings.IDLE.get(stream.conf()), StreamSettings.ZONE.get(stream.conf()))
                .least(progress);
        Duration grace = StreamSettings.GRACE.get(stream.conf());
        Set<EventHour> awaited = open.awaited(progress);
        waiting.keySet().retainAll(hours);
        failed.keySet().retainAll(hours);
        return hours.stream()
                .filter(hour -> Watermarks.isClosed(hour, watermark, grace) && !awaited.contains(hour))
                .filter(hour -> !waiting.getOrDefault(hour, Instant.MIN).isAfter(now))
                .sorted(Comparator.comparing((EventHour hour) -> failed.getOrDefault(hour, Instant.MIN))
                        .thenComparing(Comparator.reverseOrder()))
                .toList();
    }

    /** @param work what is done under the lease; returns how many hours it leaves that are due */
    private CompactionSummary underLease(BiFunctionRaisingIOE<ClosingRound, Failures, Integer> work)
            throws IOException {
        Instant started = clock.instant();
        try (Lease lease =
                Lease.acquire(stream.fs(), stream.warehouse().compactionLease(), "stream compaction", stream.conf())) {
            Failures failures = new Failures();
            ClosingRound round = new ClosingRound(stream, registrar, lease::verify, clock);
            round.recover(failures);
            int left = work.apply(round, failures);
            round.removeStaging();
            int unregistered = registrar.register();
            List<Closing> closings = round.carriedOut();
            return new CompactionSummary(
                    closings.size(),
                    closings.stream()
                            .mapToInt(closing -> closing.inputs().size())
                            .sum(),
                    closings.stream().mapToLong(Closing::rows).sum(),
                    closings.stream().mapToLong(Closing::bytes).sum(),
                    Duration.between(started, clock.instant()),
                    unregistered,
                    left,
                    failures.first());
        }
    }
}
