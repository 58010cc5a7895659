package com.qcompany.stream.consume;

import com.qcompany.stream.StreamLayout;
import com.qcompany.stream.compact.HourCompactor;
import com.qcompany.stream.compact.KafkaPositions;
import com.qcompany.stream.compact.PartitionRegistrar;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.state.LeaseHeldException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs beside the consumer threads: closing hours, finishing what others left, forgetting old manifests. */
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration TIDY = Duration.ofHours(1);

    private final HourCompactor compactor;
    private final Orphans orphans;
    private final Manifests manifests;
    private final TopicOffsets offsets;
    private final Duration shutdown;
    private final Counter compactions;
    private final Counter failures;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    private Housekeeping(
            HourCompactor compactor,
            Orphans orphans,
            Manifests manifests,
            TopicOffsets offsets,
            Duration shutdown,
            MeterRegistry registry) {
        this.compactor = compactor;
        this.orphans = orphans;
        this.manifests = manifests;
        this.offsets = offsets;
        this.shutdown = shutdown;
        this.compactions = Counter.builder("q.stream.compactions")
                .description("Hours closed or merged by this process")
                .register(registry);
        this.failures = Counter.builder("q.stream.housekeeping.failures")
                .description("Rounds of housekeeping that failed and are tried again")
                .register(registry);
    }

    /** Begins the rounds. */
    static Housekeeping start(
            Configuration conf,
            FileSystem fs,
            StreamLayout layout,
            Manifests manifests,
            TopicOffsets offsets,
            MeterRegistry registry,
            Clock clock) {
        Orphans orphans = Orphans.of(conf, fs, layout, manifests, clock);
        HourCompactor compactor = new HourCompactor(
                conf, fs, layout, new KafkaPositions(offsets), PartitionRegistrar.of(conf, fs, layout), clock);
        Housekeeping housekeeping =
                new Housekeeping(compactor, orphans, manifests, offsets, StreamSettings.SHUTDOWN.get(conf), registry);
        long period = Math.max(1, StreamSettings.COMPACT_INTERVAL.get(conf).toMillis());
        var hours = housekeeping.thread.scheduleWithFixedDelay(
                () -> housekeeping.round(housekeeping::closeHours), period, period, TimeUnit.MILLISECONDS);
        var rest = housekeeping.thread.scheduleWithFixedDelay(
                () -> housekeeping.round(housekeeping::tidy), 0, TIDY.toMillis(), TimeUnit.MILLISECONDS);
        LOG.debug("Scheduled {} and {}", hours, rest);
        return housekeeping;
    }

    /** Closes every hour that is due, unless another process is at it. */
    void closeHours() throws IOException {
        try {
            compactions.increment(compactor.run().closings());
        } catch (LeaseHeldException e) {
            LOG.debug("Another process closes hours: {}", e.getMessage());
        }
    }

    private void tidy() throws IOException, InterruptedException {
        LOG.debug("Published {} epochs that others left", orphans.adopt(offsets));
        manifests.expire();
    }

    /**
     * A round that fails is tried again at the next: what it works on stays where it is. Nothing is let through, for a
     * round that throws would be the last.
     */
    private void round(Round work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            failures.increment();
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

    private interface Round {
        void run() throws IOException, InterruptedException;
    }
}
