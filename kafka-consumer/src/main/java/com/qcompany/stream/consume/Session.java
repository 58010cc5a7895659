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
 * One membership of a consumer thread in its group: the poll loop, rebalances and outages.
 *
 * <p>Used by one thread. Failures of the file system drop the epoch that is being taken and go back to what is
 * committed; while they last, the thread keeps polling with all partitions paused and so stays in the group.
 */
final class Session implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final WorkerContext context;
    private final Assignment assignment;
    private final EpochCommits commits;
    private final Manifests manifests;
    private final Intake intake;
    private final Outage outage;
    private final Clock clock;
    private @Nullable RuntimeException failure;
    private boolean joined;
    private boolean resolved;
    private boolean ended;

    Session(Consumer<byte[], byte[]> consumer, OffsetCommit commit, WorkerContext context, Intake intake) {
        this.consumer = consumer;
        this.context = context;
        this.manifests = context.manifests();
        this.assignment = new Assignment(consumer, manifests, context.starting(), context.losses());
        this.commits = new EpochCommits(commit, context, assignment);
        this.intake = intake;
        this.clock = context.clock();
        this.outage = context.outage();
    }

    /**
     * Consumes until the mission is over, and commits what it has taken.
     *
     * @throws RejoinException when only a new membership can tell what is committed
     * @throws IOException when an outage lasts too long, or committed rows are missing
     */
    void run() throws IOException {
        try {
            consumer.subscribe(List.of(context.topic()), this);
            while (!context.mission().isOver()) {
                if (isSettled()) {
                    pollAndTake();
                }
            }
            finish();
        } finally {
            ended = true;
            commits.abandon();
        }
    }

    private void pollAndTake() throws IOException {
        try {
            take(pollInRange());
            if (commits.isDue()) {
                commits.flush(rejoin -> waitPaused(POLL));
            }
            if (joined) {
                outage.over();
            }
        } catch (LostManifestException e) {
            throw e;
        } catch (IOException e) {
            dropEpoch();
            waitOut(e);
        }
    }

    /** Polls; partitions whose position the broker does not have are held until it is decided where they go on. */
    private ConsumerRecords<byte[], byte[]> pollInRange() throws IOException {
        try {
            return poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            LOG.warn("The broker no longer has what is next: {}", e.getMessage());
            commits.flush(rejoin -> waitPaused(POLL));
            assignment.arriveAgain(e.offsetOutOfRangePartitions().keySet());
            return ConsumerRecords.empty();
        }
    }

    /** Publishes and prepares what is waiting; false where that failed and was waited for. */
    private boolean isSettled() throws IOException {
        if (!commits.isPublishing() && !assignment.isWaiting() && (resolved || !joined)) {
            return true;
        }
        try {
            resolveOwnEpochs();
            commits.publishCommitted();
            assignment.prepare();
            assignment.positions().forEach((partition, position) -> context.mission()
                    .committed(partition, position.next()));
            consumer.resume(consumer.assignment());
            outage.over();
            return true;
        } catch (RebalanceInProgressException e) {
            waitPaused(POLL);
            return false;
        } catch (LostManifestException e) {
            throw e;
        } catch (IOException | TimeoutException e) {
            waitOut(e);
            return false;
        }
    }

    /**
     * Completes or discards what this thread's earlier lives have sealed. Having joined, it has fenced them, so that what
     * is not committed now never will be.
     */
    private void resolveOwnEpochs() throws IOException {
        if (resolved || !joined) {
            return;
        }
        for (Manifest manifest : manifests.pendingOf(context.instance())) {
            if (isCommitted(manifest)) {
                manifests.publish(manifest);
            } else {
                manifests.discard(manifest);
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

    private void take(ConsumerRecords<byte[], byte[]> records) throws IOException {
        if (records.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        intake.at(now);
        Epoch current = commits.current(now);
        for (TopicPartition partition : records.partitions()) {
            PartitionTake take = current.take(partition, assignment.position(partition));
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                intake.take(record, take, current);
            }
            consumer.currentLag(partition).ifPresent(lag -> context.metrics().lag(partition, lag));
        }
        context.metrics().taken(records.count());
        context.metrics().holding(context.instance(), current.files().openFiles(), current.begin());
        context.steps().reached(ProtocolStep.ROWS_TAKEN);
    }

    /** Lets go of what is not committed and goes back to what is. Staging is left for a time when it can be removed. */
    private void dropEpoch() {
        commits.abandon();
        assignment.seekBack();
        resolved = false;
    }

    /** Waits until the next attempt; tells meanwhile how far the paused partitions fall behind. */
    private void waitOut(Exception e) throws IOException {
        waitPaused(outage.failed(e));
        if (e instanceof IOException) { // the brokers answer
            Set<TopicPartition> waiting = assignment.positions().keySet();
            consumer.endOffsets(waiting).forEach((partition, end) -> context.metrics()
                    .lag(partition, end - assignment.position(partition).next()));
        }
    }

    /** Stays in the group without taking anything. */
    private void waitPaused(Duration duration) {
        consumer.pause(consumer.assignment());
        ConsumerRecords<byte[], byte[]> none = poll(duration);
        if (!none.isEmpty()) {
            throw new IllegalStateException(
                    "Cannot take %d records: all partitions are paused".formatted(none.count()));
        }
        if (!assignment.isWaiting() && !commits.isPublishing()) {
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

    private void finish() throws IOException {
        Instant giveUp = clock.instant().plus(context.shutdown());
        while (true) {
            try {
                commits.flush(rejoin -> waitPaused(POLL));
                return;
            } catch (LostManifestException e) {
                throw e;
            } catch (IOException e) {
                dropEpoch();
                if (!clock.instant().isBefore(giveUp)) {
                    throw e;
                }
                waitOut(e);
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        joined = true;
        assignment.arrive(partitions);
    }

    /** Commits before the partitions go; closing the consumer after a failure must not commit what was abandoned. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (ended) {
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
        depart(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        if (ended) {
            return;
        }
        LOG.warn("Lost {} to another member; what was taken and not committed is dropped", partitions);
        commits.lose();
        dropEpoch();
        depart(partitions);
    }

    private void depart(Collection<TopicPartition> partitions) {
        assignment.depart(partitions);
        partitions.forEach(context.metrics()::forget);
    }
}
