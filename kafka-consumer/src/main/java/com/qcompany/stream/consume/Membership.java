package com.qcompany.stream.consume;

import com.qcompany.stream.Position;
import com.qcompany.stream.consume.OffsetCommit.DeadLettersRefusedException;
import com.qcompany.stream.kafka.KafkaFailure;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One membership of a thread in its group: takes records into an epoch, and seals, commits and publishes it. For the one
 * thread, whose {@link ConsumerThread} decides what is done when.
 */
final class Membership implements ConsumerRebalanceListener, AutoCloseable {

    /** Only a new membership can tell what is committed. */
    static final class RejoinException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RejoinException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final ConsumerContext context;
    private final Consumer<byte[], byte[]> consumer;
    private final OffsetCommit commit;
    private final EpochWriter writer;
    private final StreamMetrics metrics;
    private final Clock clock;
    private final Manifests manifests;
    private final Leftovers leftovers;
    private final Assignment assignment;

    /** Committed positions of the partitions that are resolved; others that are assigned are paused. */
    private final Map<TopicPartition, Position> positions = new HashMap<>();
    /** What was taken since the last commit. */
    private @Nullable Epoch epoch;
    /** The same once its manifest is written, until it is committed. */
    private Epoch.@Nullable Sealed sealed;
    /** What a rebalance found wrong: callbacks cannot throw it as it is. */
    private @Nullable Exception failure;

    private Instant lastFlush;
    private boolean joined;

    Membership(ConsumerContext context, Consumer<byte[], byte[]> consumer, OffsetCommit commit, EpochWriter writer) {
        this.context = context;
        this.consumer = consumer;
        this.commit = commit;
        this.writer = writer;
        this.metrics = context.metrics();
        this.clock = context.clock();
        this.manifests = new Manifests(context.files(), clock);
        this.leftovers = new Leftovers(context.files(), manifests, clock);
        this.assignment = new Assignment(context.files(), context.owner(), manifests);
        this.lastFlush = clock.instant();
    }

    /** Waits for a while; whether it has been told its partitions, be it none. */
    boolean join() throws IOException {
        poll(POLL);
        return joined;
    }

    /** Publishes or discards what this thread has sealed before; whether some was discarded. */
    boolean finishLeftovers() throws IOException {
        return epoch == null && leftovers.finishOwn(context.instance(), consumer);
    }

    /** Finds where partitions go on that are newly assigned; whether it could, for it cannot while the group rebalances. */
    boolean resolve() throws IOException {
        Set<TopicPartition> unresolved = new HashSet<>(consumer.assignment());
        unresolved.removeAll(positions.keySet());
        try {
            if (!unresolved.isEmpty()) {
                positions.putAll(
                        assignment.resolve(unresolved, context.topicId().apply(), consumer));
            }
        } catch (RebalanceInProgressException e) {
            pollPaused(POLL);
            return false;
        }
        positions.forEach((partition, position) -> context.end().committed(partition, position.next()));
        consumer.resume(consumer.assignment());
        return true;
    }

    /** Whether every partition that is assigned is resolved. */
    boolean isResolved() {
        return positions.keySet().containsAll(consumer.assignment());
    }

    /** Takes what a poll brings. */
    void consume() throws IOException {
        try {
            write(poll(POLL));
        } catch (OffsetOutOfRangeException e) {
            LOG.warn("The broker does not have what is next: {}", e.getMessage());
            flush();
            e.offsetOutOfRangePartitions().keySet().forEach(positions::remove);
        }
    }

    /**
     * Whether it is time to flush: by age, by size, or because what the thread is to catch up with is taken.
     *
     * @param isAtOnce whether it is once anything is taken
     */
    boolean isFlushDue(boolean isAtOnce) {
        Instant begin = epoch == null ? lastFlush : epoch.begin();
        Duration age = Duration.between(begin, clock.instant()).abs(); // below zero where the clock was set back
        return age.compareTo(StreamSettings.FLUSH_INTERVAL.get(context.conf())) >= 0
                || epoch != null && (isAtOnce || epoch.isFull())
                || context.end().isCatchingUp() && context.end().isReachedBy(reached());
    }

    /**
     * Seals, commits and publishes what was taken, and offsets that hold no record.
     *
     * @throws RejoinException when only a new membership can tell what is committed
     */
    void flush() throws IOException {
        flush(false);
    }

    /**
     * Lets go of what is not committed; whether there was anything. What is sealed may be committed: the next look at
     * leftovers, which its files are for, tells what became of it.
     */
    boolean drop() {
        boolean isAny = epoch != null && sealed == null;
        if (epoch != null) {
            epoch.abandon();
        }
        epoch = null;
        sealed = null;
        positions.clear();
        metrics.holdingNothing(context.instance());
        return isAny;
    }

    /** Drops what is left, so that closing the consumer cannot commit it. */
    @Override
    public void close() {
        drop();
    }

    /** Stays in the group for a while without consuming; tells then how far the partitions have fallen behind. */
    void waitPaused(Duration duration) throws IOException {
        pollPaused(duration);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(consumer.assignment());
        consumer.endOffsets(consumer.assignment()).forEach((partition, end) -> {
            OffsetAndMetadata position = committed.get(partition);
            if (position != null) {
                metrics.lag(partition, end - position.offset());
            }
        });
    }

    /** Writes records; those that an epoch has no room for are polled again after it is committed. */
    private void write(ConsumerRecords<byte[], byte[]> records) throws IOException {
        if (records.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        writer.at(now);
        Epoch current = currentEpoch(now);
        int written = 0;
        for (TopicPartition partition : records.partitions()) {
            EpochPartition account =
                    current.partition(partition, Objects.requireNonNull(positions.get(partition), "it is resolved"));
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                if (current.isFull()) {
                    consumer.seek(partition, record.offset());
                    break;
                }
                writer.write(record, account, current);
                written++;
            }
            consumer.currentLag(partition).ifPresent(lag -> metrics.lag(partition, lag));
        }
        metrics.events.increment(written);
        metrics.holding(context.instance(), current.files().openFiles(), current.begin());
    }

    private Epoch currentEpoch(Instant now) {
        if (epoch == null) {
            epoch = writer.newEpoch(now);
        }
        return epoch;
    }

    /** Where the consumer stands in the partitions that are resolved. */
    private Map<TopicPartition, Long> reached() {
        return positions.keySet().stream().collect(Collectors.toMap(partition -> partition, consumer::position));
    }

    /** @param inCallback whether a rebalance asks for it, during which nothing can be polled */
    private void flush(boolean inCallback) throws IOException {
        Instant begin = clock.instant();
        if (sealed == null) {
            sealed = seal(begin);
        }
        while (sealed != null && !commit(sealed)) {
            if (inCallback) {
                throw unknown(sealed, null);
            }
            pollPaused(POLL);
        }
        lastFlush = clock.instant();
        metrics.flushes.record(Duration.between(begin, lastFlush));
    }

    /** Closes the files and writes the manifest; nothing where no partition has moved. */
    private Epoch.@Nullable Sealed seal(Instant now) throws IOException {
        String topicId = positions.isEmpty() ? "" : context.topicId().apply();
        if (positions.values().stream().anyMatch(position -> !position.isOfTopic(topicId))) {
            throw new IOException("Cannot commit: topic %s was deleted and made anew".formatted(context.topic()));
        }
        Epoch.Sealed closed = currentEpoch(now).seal(topicId, positions, reached());
        if (closed.positions().isEmpty()) {
            epoch = null;
            return null;
        }
        manifests.write(closed.manifest());
        return closed;
    }

    /**
     * Commits and publishes an epoch. A refusal does not say that nothing was committed: an attempt before it may have
     * arrived whose answer was lost. So its files stay until somebody who has fenced this membership has asked.
     *
     * @return whether it is done; otherwise the group rebalances, and it must poll before it commits again
     */
    private boolean commit(Epoch.Sealed committing) throws IOException {
        Instant begin = clock.instant();
        try {
            commit.commit(committing.offsets(), committing.deadLetters());
        } catch (RebalanceInProgressException e) {
            return false;
        } catch (DeadLettersRefusedException e) {
            writer.rejectToTable();
            throw new IOException(
                    "Cannot send dead letters, rejected events go to table rejected_events from now on: %s"
                            .formatted(KafkaFailure.describe(e.getCause())),
                    e);
        } catch (FencedInstanceIdException | ProducerFencedException e) {
            throw e;
        } catch (KafkaException e) {
            throw KafkaFailure.isForOperator(e) ? e : unknown(committing, e);
        }
        sealed = null;
        epoch = null;
        committing.positions().forEach((partition, position) -> {
            positions.replace(partition, position);
            context.end().committed(partition, position.next());
        });
        metrics.commits.record(Duration.between(begin, clock.instant()));
        metrics.rows.increment(committing.manifest().publishedRows());
        metrics.holdingNothing(context.instance());
        manifests.publish(committing.manifest());
        LOG.info(
                "Published epoch {}: {} rows in {} files",
                committing.manifest().epoch(),
                committing.manifest().publishedRows(),
                committing.manifest().files().size());
        return true;
    }

    private static RejoinException unknown(Epoch.Sealed epoch, @Nullable KafkaException cause) {
        String why = cause == null ? "the group rebalances" : cause.getMessage();
        return new RejoinException(
                "Cannot tell whether epoch %s is committed: %s"
                        .formatted(epoch.manifest().epoch(), why),
                cause);
    }

    private void pollPaused(Duration duration) throws IOException {
        consumer.pause(consumer.assignment());
        ConsumerRecords<byte[], byte[]> none = poll(duration);
        if (!none.isEmpty()) {
            throw new IllegalStateException(
                    "Cannot drop %d records: all partitions are paused".formatted(none.count()));
        }
        consumer.resume(positions.keySet());
    }

    private ConsumerRecords<byte[], byte[]> poll(Duration duration) throws IOException {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(duration);
        Exception found = failure;
        failure = null;
        if (found instanceof IOException e) {
            throw e;
        }
        if (found instanceof RuntimeException e) {
            throw e;
        }
        return records;
    }

    /** Pauses partitions until they are resolved; the position set here is never read. */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> consumer.seek(partition, 0));
        consumer.pause(partitions);
        joined = true;
    }

    /** Commits before the partitions go. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        try {
            flush(true);
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        failure = new RejoinException(
                "Fenced: %s are another member's, what was not committed is dropped".formatted(partitions), null);
        forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(positions::remove);
        partitions.forEach(partition -> metrics.lag(partition, 0));
    }
}
