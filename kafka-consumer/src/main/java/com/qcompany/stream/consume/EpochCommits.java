package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.kafka.KafkaFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The epoch of a consumer thread and its way: written, sealed, committed, published. For one thread. */
final class EpochCommits {

    private static final Logger LOG = LoggerFactory.getLogger(EpochCommits.class);

    private final OffsetCommit commit;
    private final WorkerContext context;
    private final Assignment assignment;
    private final Clock clock;
    private final Duration age;
    private final Deque<Manifest> unpublished = new ArrayDeque<>();
    private @Nullable Epoch epoch;
    private Epoch.@Nullable Sealed sealed;
    private Instant lastFlush;

    EpochCommits(OffsetCommit commit, WorkerContext context, Assignment assignment) {
        this.commit = commit;
        this.context = context;
        this.assignment = assignment;
        this.clock = context.clock();
        this.age = context.limits().age();
        this.lastFlush = clock.instant();
    }

    /** The epoch that records are written to. */
    Epoch current(Instant now) {
        if (epoch == null) {
            epoch = context.newEpoch(now);
        }
        return epoch;
    }

    /** Whether it is time to flush. */
    boolean isDue() {
        Instant now = clock.instant();
        return (epoch == null ? !now.isBefore(lastFlush.plus(age)) : epoch.isDue(now, age)) || hasReachedTarget();
    }

    private boolean hasReachedTarget() {
        return context.end().isCatchingUp() && context.end().hasTargetWithin(assignment.reached());
    }

    /** Whether a committed epoch is not wholly published. */
    boolean isPublishing() {
        return !unpublished.isEmpty();
    }

    /**
     * Seals, commits and publishes what was consumed, and offsets that hold no record.
     *
     * @param onRebalance is called where the group rebalances, and polls or throws what it is given
     * @throws RejoinException when only a new membership can tell what is committed
     */
    void flush(Consumer<RejoinException> onRebalance) throws IOException {
        Instant begin = clock.instant();
        if (sealed == null) {
            seal();
        }
        commitSealed(onRebalance);
        publishCommitted();
        lastFlush = clock.instant();
        context.metrics().flushed(Duration.between(begin, lastFlush));
    }

    /** Publishes what is committed. */
    void publishCommitted() throws IOException {
        while (!unpublished.isEmpty()) {
            Manifest manifest = unpublished.element();
            context.manifests().publish(manifest);
            unpublished.remove();
            LOG.info(
                    "Published epoch {}: {} rows in {} files",
                    manifest.epoch(),
                    manifest.ranges().stream().mapToLong(OffsetRange::published).sum(),
                    manifest.files().size());
        }
    }

    /** Lets go of the rows that are not sealed; their files are removed by the thread's next look at its staging. */
    void abandon() {
        if (epoch != null) {
            epoch.abandon();
            epoch = null;
        }
        context.metrics().holdingNothing(context.instance());
    }

    /** Lets go of the sealed epoch too: this member is fenced, and the next owner asks what is committed. */
    void abandonFenced() {
        sealed = null;
        abandon();
    }

    private void seal() throws IOException {
        Epoch current = current(clock.instant());
        Map<TopicPartition, Long> reached = assignment.reached();
        reached.keySet().forEach(partition -> current.partition(partition, assignment.position(partition)));
        assignment.requireSameTopic();
        Epoch.Sealed closed = current.seal(assignment.topicId(), reached);
        context.steps().reached(ProtocolStep.FILES_CLOSED);
        if (closed.positions().isEmpty()) {
            epoch = null;
            return;
        }
        context.manifests().write(closed.manifest());
        epoch = null;
        sealed = closed;
        context.steps().reached(ProtocolStep.MANIFEST_WRITTEN);
    }

    /**
     * Commits the sealed epoch. A refusal does not say that nothing was committed: an attempt before it may have arrived
     * whose answer was lost. So its files stay until somebody who has fenced this membership has asked what is committed.
     */
    private void commitSealed(Consumer<RejoinException> onRebalance) throws IOException {
        while (sealed != null) {
            Epoch.Sealed committing = sealed;
            Instant begin = clock.instant();
            try {
                commit.commit(offsets(committing), committing.deadLetters());
                sealed = null;
                committed(committing, Duration.between(begin, clock.instant()));
            } catch (RebalanceInProgressException e) {
                onRebalance.accept(unknown(committing, e));
            } catch (DeadLettersRefusedException e) {
                sealed = null;
                context.manifests().discard(committing.manifest());
                context.deadLettersRefused().set(true);
                throw new IOException(
                        "Cannot send dead letters, rejected events go to table rejected_events from now on: %s"
                                .formatted(KafkaFailure.describe(e.getCause())),
                        e);
            } catch (FencedInstanceIdException | ProducerFencedException e) {
                throw e;
            } catch (KafkaException e) {
                if (KafkaFailure.isForOperator(e)) {
                    throw e;
                }
                throw unknown(committing, e);
            }
        }
    }

    private static RejoinException unknown(Epoch.Sealed epoch, KafkaException cause) {
        return new RejoinException(
                "Cannot tell whether epoch %s is committed: %s"
                        .formatted(epoch.manifest().epoch(), cause.getMessage()),
                cause);
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Epoch.Sealed epoch) {
        return epoch.positions().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toCommit()));
    }

    private void committed(Epoch.Sealed done, Duration took) {
        assignment.committed(done.positions());
        unpublished.add(done.manifest());
        done.positions().forEach((partition, position) -> context.end().committed(partition, position.next()));
        context.metrics().committed(took);
        context.metrics()
                .committedRows(done.manifest().ranges().stream()
                        .mapToLong(OffsetRange::published)
                        .sum());
        context.metrics().holdingNothing(context.instance());
        context.steps().reached(ProtocolStep.OFFSETS_COMMITTED);
    }
}
