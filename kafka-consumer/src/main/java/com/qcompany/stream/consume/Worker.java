package com.qcompany.stream.consume;

import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consumer thread: memberships in the group, one after the other, until the end is reached. */
final class Worker implements Callable<Void> {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final ConsumerClients clients;
    private final WorkerContext context;

    Worker(ConsumerClients clients, WorkerContext context) {
        this.clients = clients;
        this.context = context;
    }

    /** Consumes; throws what only an operator can mend. */
    @Override
    public Void call() throws IOException, InterruptedException {
        EpochWriter writer = new EpochWriter(context.conf(), context.metrics());
        Optional<Instant> giveUp = Optional.empty();
        while (true) {
            try {
                consume(writer);
                return null;
            } catch (RejoinException | CommitFailedException | RetriableException e) {
                Duration pause = context.outage().failed(e);
                if (context.end().isReached()) {
                    Instant now = context.clock().instant();
                    giveUp = giveUp.or(() -> Optional.of(now.plus(context.shutdown())));
                    requireBefore(giveUp.orElseThrow(), now, e);
                }
                LOG.info("Joining the group anew in {} ms: {}", pause.toMillis(), e.getMessage());
                Thread.sleep(pause.toMillis());
            } catch (FencedInstanceIdException | ProducerFencedException e) {
                throw new OperatorException(
                        "Cannot consume as %s: another process has taken that name (%s is each process's own)"
                                .formatted(context.instance(), StreamSettings.INSTANCE.key()),
                        e);
            }
        }
    }

    private static void requireBefore(Instant giveUp, Instant now, Exception failure) throws IOException {
        if (!now.isBefore(giveUp)) {
            throw new IOException(
                    "Cannot tell whether what was consumed last is committed: %s (the next start finds out)"
                            .formatted(failure.getMessage()),
                    failure);
        }
    }

    private void consume(EpochWriter writer) throws IOException {
        Consumer<byte[], byte[]> consumer = clients.consumer(context.instance());
        try (ClientMeters metrics = context.metrics().bind(consumer, context.instance());
                OffsetCommit commit = clients.commit(consumer, context.instance())) {
            new Membership(consumer, commit, context, writer).run();
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE).withGroupMembershipOperation(afterwards()));
        }
    }

    /** A bounded run leaves its partitions to others; a restarted daemon finds its own. */
    private GroupMembershipOperation afterwards() {
        return context.end().isBounded()
                ? GroupMembershipOperation.LEAVE_GROUP
                : GroupMembershipOperation.REMAIN_IN_GROUP;
    }
}
