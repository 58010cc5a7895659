package com.qcompany.stream.consume;

import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.compact.CompactionSummary;
import com.qcompany.stream.compact.HourCompactor;
import com.qcompany.stream.compact.PartitionProgress;
import com.qcompany.stream.compact.PartitionRegistrar;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.state.LeaseHeldException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.functional.InvocationRaisingIOE;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs beside the consumer threads: closing hours, finishing what others left, forgetting old manifests. */
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration TIDY = Duration.ofHours(1);

    private final HourCompactor compactor;
    private final Manifests manifests;
    private final Leftovers leftovers;
    private final TopicOffsets offsets;
    private final Duration shutdown;
    private final StreamMetrics metrics;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    /** Begins the rounds. */
    @SuppressWarnings("FutureReturnValueIgnored") // rounds end with the thread, and keep their failures to themselves
    Housekeeping(StreamFiles files, TopicOffsets offsets, StreamMetrics metrics, Clock clock) {
        this.compactor =
                new HourCompactor(files, () -> PartitionProgress.of(offsets), PartitionRegistrar.of(files), clock);
        this.manifests = new Manifests(files, clock);
        this.leftovers = new Leftovers(files, manifests, clock);
        this.offsets = offsets;
        this.shutdown = StreamSettings.SHUTDOWN.get(files.conf());
        this.metrics = metrics;
        long period =
                Math.max(1, StreamSettings.COMPACT_INTERVAL.get(files.conf()).toMillis());
        thread.scheduleWithFixedDelay(() -> round(this::closeHours), period, period, TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(() -> round(this::tidy), 0, TIDY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes hours a last time, after the round that is running, until none is due; returns how many files that made. */
    int closeHoursAtEnd() throws IOException, InterruptedException {
        try {
            return thread.submit(this::closeHours).get();
        } catch (ExecutionException e) {
            throw new IOException("Cannot close hours: %s".formatted(e.getCause()), e.getCause());
        }
    }

    /** Closes every hour that is due, in rounds that begin with the newest, unless another process is at it. */
    private int closeHours() throws IOException {
        int closings = 0;
        try {
            CompactionSummary round;
            Optional<IOException> failure = Optional.empty();
            do {
                round = compactor.run();
                failure = failure.isPresent() ? failure : round.failure();
                metrics.compactions.increment(round.closings());
                closings += round.closings();
                // What cannot be closed is due again, so a round of nothing else is the last.
            } while (round.left() > 0
                    && (round.closings() > 0 || round.failure().isEmpty())
                    && !thread.isShutdown());
            if (failure.isPresent()) {
                throw failure.get();
            }
        } catch (LeaseHeldException e) {
            LOG.debug("Another process closes hours: {}", e.getMessage());
        }
        return closings;
    }

    private void tidy() throws IOException {
        LOG.debug("Published {} epochs that others left", leftovers.adopt(offsets.positionsInAllTopics()));
        manifests.expire();
    }

    /**
     * A round that fails is tried again at the next: what it works on stays where it is. Nothing is let through, for a
     * round that throws would be the last.
     */
    private void round(InvocationRaisingIOE work) {
        try {
            work.apply();
        } catch (Throwable e) {
            metrics.housekeepingFailures.increment();
            if (thread.isShutdown()) {
                LOG.info("Cut short: {}", e.getMessage());
                return;
            }
            LOG.warn("Cannot finish a round of housekeeping; the next one tries again", e);
        }
    }

    /** Ends after the round that is running, or cuts it short: the next process completes what it began. */
    @Override
    public void close() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(shutdown.toSeconds(), TimeUnit.SECONDS)) {
            LOG.info("Cutting a round of closing hours short; the next process completes it");
            thread.shutdownNow();
        }
    }
}
