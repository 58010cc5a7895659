package com.qcompany.stream.consume;

import com.qcompany.stream.consume.Membership.RejoinException;
import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.StreamSettings;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * One thread of the consumer, a state machine.
 *
 * <pre>
 *            assigned             published, positions set
 *  JOINING ──────────→ RESOLVING ──────────────────────────→ RUNNING
 *     ↑                 ↑  ↑  │                                │ │
 *     │                 │  └──┼── assigned, out of range ──────┘ │
 *     │                 │     ↓   the file system fails          │
 *     │                 └─ WAITING ←─────────────────────────────┤
 *     │                                                          │
 *     └──── what is committed is unknown, or Kafka fails ────────┘
 *
 *  any of them ── the end is reached, no outage lasts ──→ ENDING ── committed, published ──→ ENDED
 * </pre>
 *
 * <p>Whatever fails, what is not committed is dropped, and the thread does what a new process does: it resolves what is
 * committed and goes on from there. Where it cannot tell what is committed it joins the group anew first, which fences
 * its old membership. While the file system fails it stays in the group, its partitions paused.
 */
final class ConsumerThread implements Callable<Void> {

    private enum State {
        /** Waits for its first assignment. */
        JOINING,
        /** Publishes or discards what was sealed before, and finds where partitions go on. */
        RESOLVING,
        /** Polls, writes and flushes. */
        RUNNING,
        /** Consumes nothing until the next attempt. */
        WAITING,
        /** Flushes what was taken last. */
        ENDING,
        ENDED
    }

    /** Connects a thread to the brokers. */
    interface Clients {

        /** A member of the group under a name that survives a restart, so that a restarted thread resumes at once. */
        Consumer<byte[], byte[]> consumer(String instance);

        /** How a thread commits: with the consumer, or with dead letters in a transaction. */
        OffsetCommit commit(Consumer<byte[], byte[]> consumer, String instance);
    }

    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final ConsumerContext context;
    private final Clients clients;
    private final EpochWriter writer;
    private final Outage outage;

    private State state = State.JOINING;
    /** How long it waits for the next attempt. */
    private Duration pause = Duration.ZERO;
    /** Until when it may take to end. */
    private @Nullable Instant giveUp;
    /** Why records that were taken last are not committed. */
    private @Nullable Exception dropped;

    ConsumerThread(ConsumerContext context, Clients clients) {
        this.context = context;
        this.clients = clients;
        this.writer = new EpochWriter(context);
        this.outage = new Outage(context.clock(), StreamSettings.OUTAGE.get(context.conf()));
    }

    /** Tells other threads whether an outage lasts. */
    Outage outage() {
        return outage;
    }

    /**
     * Consumes until the end is reached, and commits what it has taken.
     *
     * @throws IOException when an outage lasts too long, or what was taken last could not be committed
     */
    @Override
    public Void call() throws IOException, InterruptedException {
        while (state != State.ENDED) {
            considerEnd();
            try {
                joinAndConsume();
            } catch (RejoinException | CommitFailedException | RetriableException e) {
                state = State.JOINING;
                pause = outage.failed(e);
                Thread.sleep(pause.toMillis());
            } catch (FencedInstanceIdException | ProducerFencedException e) {
                throw new OperatorException(
                        "Cannot consume as %s: another process has taken that name (%s is each process's own)"
                                .formatted(context.instance(), StreamSettings.INSTANCE.key()),
                        e);
            }
        }
        if (dropped != null && !context.end().isCaughtUp()) { // else another member has committed it
            throw new IOException(
                    "Cannot commit what was consumed last: %s (the next start consumes it again)"
                            .formatted(dropped.getMessage()),
                    dropped);
        }
        return null;
    }

    private void joinAndConsume() throws IOException {
        Consumer<byte[], byte[]> consumer = clients.consumer(context.instance());
        try (KafkaClientMetrics clientMetrics = new KafkaClientMetrics(consumer);
                OffsetCommit commit = clients.commit(consumer, context.instance());
                Membership membership = new Membership(context, consumer, commit, writer)) {
            clientMetrics.bindTo(context.metrics().registry());
            consumer.subscribe(List.of(context.topic()), membership);
            while (state != State.ENDED) {
                considerEnd();
                step(membership);
            }
        } finally {
            // A bounded run leaves its partitions to others; a daemon that is started again finds its own.
            GroupMembershipOperation afterwards = context.end().isBounded()
                    ? GroupMembershipOperation.LEAVE_GROUP
                    : GroupMembershipOperation.REMAIN_IN_GROUP;
            consumer.close(CloseOptions.timeout(CLOSE).withGroupMembershipOperation(afterwards));
        }
    }

    private void step(Membership membership) throws IOException {
        try {
            state = switch (state) {
                case JOINING -> membership.join() ? State.RESOLVING : State.JOINING;
                case RESOLVING -> resolve(membership);
                case RUNNING -> consume(membership);
                case WAITING -> {
                    membership.waitPaused(pause);
                    yield State.RESOLVING;
                }
                case ENDING -> {
                    membership.flush();
                    yield State.ENDED;
                }
                case ENDED -> throw new IllegalStateException("Cannot go on: the thread has ended");
            };
        } catch (IOException e) {
            dropped = membership.drop() ? e : dropped;
            pause = outage.failed(e);
            state = State.WAITING;
        } catch (RuntimeException e) {
            dropped = membership.drop() ? e : dropped;
            throw e;
        }
    }

    private State resolve(Membership membership) throws IOException {
        if (membership.finishLeftovers()) {
            dropped = new IOException("the epoch that was sealed last was not committed");
        }
        return membership.resolve() ? State.RUNNING : State.RESOLVING;
    }

    private State consume(Membership membership) throws IOException {
        membership.consume();
        if (membership.isFlushDue(outage.isOn())) {
            membership.flush();
            dropped = null;
            outage.over(); // not before: a full disk can still be read
        }
        return membership.isResolved() ? State.RUNNING : State.RESOLVING;
    }

    /** Ends where the end is reached; an outage is waited out first, so that what is sealed is committed or not. */
    private void considerEnd() throws IOException {
        if (state == State.ENDING || !context.end().isReached()) {
            return;
        }
        Instant now = context.clock().instant();
        if (giveUp == null) {
            giveUp = now.plus(StreamSettings.SHUTDOWN.get(context.conf()));
        }
        boolean isBeginning = state == State.JOINING || state == State.RESOLVING;
        if (isBeginning && context.end().isCatchingUp() && now.isBefore(giveUp)) {
            return; // it may meet a position that is of no use; and who ends while it joins stays a member for a while
        }
        if (state == State.RUNNING || !outage.isOn()) {
            state = State.ENDING;
        } else if (!now.isBefore(giveUp)) {
            throw new IOException(
                    "Cannot end as asked: an outage has lasted %d s (the next start goes on where the last commit ended)"
                            .formatted(outage.lasted().toSeconds()),
                    dropped);
        }
    }
}
