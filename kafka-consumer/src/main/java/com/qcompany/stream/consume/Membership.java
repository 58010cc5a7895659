package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Position;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One membership of a consumer thread in its group.
 *
 * <pre>
 *            assigned                  published, positions set
 *  JOINING ───────────→ RESOLVING ─────────────────────────────→ RUNNING
 *                        ↑  ↑   │                                  │ │
 *                        │  └───┼── assigned, out of range ────────┘ │
 *                        │      ↓ HDFS or the brokers fail           │
 *                        └── WAITING ←───────────────────────────────┘
 *
 *  JOINING, RESOLVING, RUNNING, WAITING ── the end is reached ──→ ENDING ── committed, published ──→ ENDED
 * </pre>
 *
 * <p>Used by one thread. A failure of the file system drops the epoch that is being written and goes back to what is
 * committed; while it lasts, the thread keeps polling with all partitions paused and so stays in the group.
 */
final class Membership implements ConsumerRebalanceListener {

    /** What a membership is at. */
    private enum State {
        /** Waits for its first assignment. */
        JOINING,
        /** Publishes or discards what was sealed before, and decides where partitions go on. */
        RESOLVING,
        /** Polls, writes and flushes. */
        RUNNING,
        /** Stays in the group without consuming until the next attempt. */
        WAITING,
        /** Commits and publishes what was consumed last. */
        ENDING,
        ENDED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final WorkerContext context;
    private final Assignment assignment;
    private final EpochCommits commits;
    private final Manifests manifests;
    private final EpochWriter writer;
    private final Outage outage;
    private final Clock clock;
    private State state = State.JOINING;
    private boolean resolved;
    private @Nullable RuntimeException failure;
    private @Nullable IOException dropped;
    private @Nullable Instant giveUp;

    Membership(Consumer<byte[], byte[]> consumer, OffsetCommit commit, WorkerContext context, EpochWriter writer) {
        this.consumer = consumer;
        this.context = context;
        this.manifests = context.manifests();
        this.assignment = new Assignment(consumer, context);
        this.commits = new EpochCommits(commit, context, assignment);
        this.writer = writer;
        this.clock = context.clock();
        this.outage = context.outage();
    }

    /**
     * Consumes until the end is reached, and commits what it has consumed.
     *
     * @throws RejoinException when only a new membership can know what is committed
     * @throws IOException when an outage lasts too long, committed rows are missing, or what was consumed last could not
     *     be committed
     */
    void run() throws IOException {
        try {
            consumer.subscribe(List.of(context.topic()), this);
            while (state != State.ENDED) {
                considerEnd();
                step();
            }
        } finally {
            state = State.ENDED;
            commits.abandon();
        }
        if (dropped != null) {
            throw new IOException(
                    "Cannot commit what was consumed last: %s (the next start consumes it again)"
                            .formatted(dropped.getMessage()),
                    dropped);
        }
    }

    private void step() throws IOException {
        try {
            switch (state) {
                case JOINING -> poll(POLL);
                case RESOLVING -> resolve();
                case RUNNING -> consume();
                case WAITING -> state = State.RESOLVING;
                case ENDING -> {
                    commits.flush(rejoin -> waitPaused(POLL));
                    state = State.ENDED;
                }
                case ENDED -> throw new IllegalStateException("Cannot go on: the membership has ended");
            }
        } catch (LostManifestException e) {
            throw e;
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Ends where the end is reached; an outage is waited out first, so that what is sealed is committed or not. */
    private void considerEnd() throws IOException {
        if (state == State.ENDING || !context.end().isReached()) {
            return;
        }
        if (giveUp == null) {
            giveUp = clock.instant().plus(context.shutdown());
        }
        if (state == State.RUNNING || !outage.isOn()) {
            state = State.ENDING;
        } else if (!clock.instant().isBefore(giveUp)) {
            throw new IOException(
                    "Cannot end as asked: an outage has lasted %d s (the next start goes on where the last commit ended)"
                            .formatted(outage.lasted().toSeconds()),
                    dropped);
        }
    }

    /** Publishes and prepares what has to be before anything is consumed. */
    private void resolve() throws IOException {
        try {
            resolveOwnEpochs();
            commits.publishCommitted();
            assignment.prepare();
        } catch (RebalanceInProgressException e) {
            waitPaused(POLL);
            return;
        } catch (TimeoutException e) {
            waitOut(e);
            return;
        }
        assignment.positions().forEach((partition, position) -> context.end().committed(partition, position.next()));
        consumer.resume(consumer.assignment());
        outage.over();
        state = State.RUNNING;
    }

    private void consume() throws IOException {
        try {
            write(poll(POLL));
        } catch (OffsetOutOfRangeException e) {
            LOG.warn("The broker does not have what is next: {}", e.getMessage());
            commits.flush(rejoin -> waitPaused(POLL));
            assignment.hold(e.offsetOutOfRangePartitions().keySet());
            state = State.RESOLVING;
            return;
        }
        if (commits.isDue()) {
            commits.flush(rejoin -> waitPaused(POLL));
            dropped = null;
        }
        if (assignment.isHolding() || commits.isPublishing() || !resolved) {
            state = State.RESOLVING;
        }
        outage.over();
    }

    /** Drops what is not committed. Staging is left for a time when it can be removed. */
    private void failed(IOException e) throws IOException {
        dropped = commits.isPublishing() ? dropped : e;
        dropEpoch();
        if (state == State.ENDING) {
            if (giveUp != null && !clock.instant().isBefore(giveUp)) {
                throw e;
            }
            waitPaused(outage.failed(e));
            return;
        }
        waitOut(e);
    }

    /**
     * Completes or discards what this thread's earlier lives have sealed. Having joined, it has fenced them, so that what
     * is not committed now never will be.
     */
    private void resolveOwnEpochs() throws IOException {
        if (resolved) {
            return;
        }
        for (Manifest manifest : manifests.pendingOf(context.instance())) {
            if (isCommitted(manifest)) {
                manifests.publish(manifest);
            } else {
                manifests.discard(manifest);
                dropped = new IOException("epoch %s was not committed".formatted(manifest.epoch()));
            }
        }
        manifests.discardUnsealed(context.instance());
        resolved = true;
    }

    private boolean isCommitted(Manifest manifest) {
        Set<TopicPartition> partitions = manifest.ranges().stream()
                .map(range -> new TopicPartition(range.topic(), range.partition()))
                .collect(Collectors.toSet());
        return consumer.committed(partitions).values().stream()
                .filter(Objects::nonNull)
                .map(Position::of)
                .anyMatch(position ->
                        position.epoch().filter(manifest.epoch()::equals).isPresent());
    }

    /** Writes records; those that an epoch has no room for are polled again after it is committed. */
    private void write(ConsumerRecords<byte[], byte[]> records) throws IOException {
        if (records.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        writer.at(now);
        Epoch epoch = commits.current(now);
        int written = 0;
        for (TopicPartition partition : records.partitions()) {
            EpochPartition progress = epoch.partition(partition, assignment.position(partition));
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                if (epoch.isFull()) {
                    consumer.seek(partition, record.offset());
                    break;
                }
                writer.write(record, progress, epoch);
                written++;
            }
            consumer.currentLag(partition).ifPresent(lag -> context.metrics().lag(partition, lag));
        }
        context.metrics().taken(written);
        context.metrics().holding(context.instance(), epoch.files().openFiles(), epoch.begin());
        context.steps().reached(ProtocolStep.ROWS_TAKEN);
    }

    /** Lets go of what is not committed and goes back to what is. */
    private void dropEpoch() {
        commits.abandon();
        assignment.seekBack();
        resolved = false;
    }

    /** Waits until the next attempt; tells meanwhile how far the paused partitions fall behind. */
    private void waitOut(Exception e) throws IOException {
        state = State.WAITING;
        waitPaused(outage.failed(e));
        if (e instanceof IOException) { // the brokers answer
            Set<TopicPartition> consumed = assignment.positions().keySet();
            consumer.endOffsets(consumed).forEach((partition, end) -> context.metrics()
                    .lag(partition, end - assignment.position(partition).next()));
        }
    }

    /** Stays in the group without consuming anything. */
    private void waitPaused(Duration duration) {
        consumer.pause(consumer.assignment());
        ConsumerRecords<byte[], byte[]> none = poll(duration);
        if (!none.isEmpty()) {
            throw new IllegalStateException(
                    "Cannot drop %d records: all partitions are paused".formatted(none.count()));
        }
        if (state == State.RUNNING && !assignment.isHolding()) {
            consumer.resume(consumer.assignment());
        }
    }

    /** Polls; what a rebalance found wrong is thrown here, for callbacks cannot throw it as it is. */
    private ConsumerRecords<byte[], byte[]> poll(Duration duration) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(duration);
        if (failure != null) {
            throw failure;
        }
        return records;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        assignment.assign(partitions);
        if (state == State.JOINING) {
            state = State.RESOLVING;
        }
    }

    /** Commits before the partitions go; closing the consumer after a failure must not commit what was abandoned. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (state == State.ENDED) {
            return;
        }
        try {
            commits.flush(rejoin -> {
                throw rejoin;
            });
        } catch (IOException e) {
            LOG.warn("Cannot commit before giving up {}: their next owner consumes the records again", partitions, e);
            dropEpoch();
        } catch (RuntimeException e) {
            failure = e;
        }
        revoke(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        if (state == State.ENDED) {
            return;
        }
        LOG.warn("Fenced: {} are another member's; what was not committed is dropped", partitions);
        commits.abandonFenced();
        dropEpoch();
        revoke(partitions);
    }

    private void revoke(Collection<TopicPartition> partitions) {
        assignment.revoke(partitions);
        partitions.forEach(context.metrics()::forget);
    }
}
