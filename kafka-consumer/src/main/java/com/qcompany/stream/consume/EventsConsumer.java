package com.qcompany.stream.consume;

import com.qcompany.stream.Position;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.StreamLineage;
import com.qcompany.stream.consume.StartingPositions.UnusablePositionException;
import com.qcompany.stream.kafka.KafkaClients;
import com.qcompany.stream.kafka.KafkaFailure;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.command.StreamSettings.RejectTo;
import com.qcompany.warehouse.command.StreamSettings.StartAt;
import com.qcompany.warehouse.command.UsageException;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of {@code consume}: its threads, what runs beside them, and how it ends. */
final class EventsConsumer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventsConsumer.class);
    private static final int BEFORE_FILE_SYSTEMS_CLOSE = 100;
    private static final Duration WATCH = Duration.ofSeconds(1);

    private final Configuration conf;
    private final Clock clock;
    private final StreamFiles files;
    private final StreamOwner owner;
    private final Admin admin;
    private final TopicOffsets offsets;
    private final Duration shutdown;
    private final StreamMetrics metrics;

    EventsConsumer(Configuration conf, Clock clock) throws IOException {
        this.conf = conf;
        this.clock = clock;
        this.files = StreamFiles.of(conf);
        this.owner = StreamOwner.claim(files);
        this.shutdown = StreamSettings.SHUTDOWN.get(conf);
        this.admin = KafkaClients.admin(conf);
        this.offsets = TopicOffsets.of(conf, admin);
        this.metrics = new StreamMetrics(clock);
    }

    /**
     * Consumes until it has ended as asked; for ever if neither is asked for.
     *
     * @param isToCatchUp whether it ends once what is there now is committed
     * @param duration after which it ends
     */
    ExitCode run(boolean isToCatchUp, Optional<Duration> duration) throws IOException, InterruptedException {
        offsets.requireTopic(StreamSettings.TOPIC.key());
        if (StreamSettings.REJECT_TO.get(conf) == RejectTo.TOPIC) {
            String letters = StreamSettings.deadLetterTopic(conf);
            if (letters.equals(offsets.topic())) {
                throw new UsageException(
                        "Cannot send dead letters to %s: it is the topic that they are of (%s names it)"
                                .formatted(letters, StreamSettings.DEAD_LETTER_TOPIC.key()));
            }
            new TopicOffsets(admin, letters, offsets.group()).requireTopic(StreamSettings.DEAD_LETTER_TOPIC.key());
        }
        if (StreamSettings.START.get(conf) == StartAt.LATEST) {
            beginAtEnds();
        }
        if (!isToCatchUp) {
            Instant deadline = duration.map(clock.instant()::plus).orElse(Instant.MAX);
            return consume(EndCondition.until(deadline, clock));
        }
        Map<TopicPartition, Long> targets = offsets.unconsumed();
        if (!targets.isEmpty()) {
            return consume(EndCondition.untilCaughtUp(targets, clock));
        }
        LOG.info("Nothing to consume: the group has committed everything that is there");
        // No thread is given a partition that would publish what a consumer had committed that was killed.
        int published = new Leftovers(files, new Manifests(files, clock), clock).adopt(offsets.positionsInAllTopics());
        try (Housekeeping housekeeping = new Housekeeping(files, offsets, metrics, clock)) {
            return published + housekeeping.closeHoursAtEnd() > 0 ? ExitCode.OK : ExitCode.NOTHING_TO_DO;
        }
    }

    @Override
    public void close() {
        admin.close();
        metrics.registry().close();
    }

    /** Gives all partitions of a new group a position at once, so that one without is known to be added later. */
    private void beginAtEnds() throws IOException, InterruptedException {
        if (offsets.positions().isEmpty() && isNothingPublished()) {
            Map<TopicPartition, Position> ends = offsets.ends().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, end -> Position.at(end.getValue())));
            try {
                offsets.set(ends);
            } catch (OperatorException e) {
                LOG.debug("Another process of the group has begun", e);
            }
        }
    }

    private boolean isNothingPublished() throws IOException {
        return new Manifests(files, clock).done().stream().noneMatch(manifest -> manifest.hasTopic(offsets.topic()));
    }

    private ExitCode consume(EndCondition end) throws IOException, InterruptedException {
        List<ConsumerThread> threads = threads(end);
        List<Outage> outages = threads.stream().map(ConsumerThread::outage).toList();
        metrics.watch(outages);
        String run = UUID.randomUUID().toString();
        StreamLineage.tell(conf, EventType.START, "consume", run, 0);
        CountDownLatch ended = new CountDownLatch(1);
        Runnable stop = () -> {
            end.stop();
            await(ended);
        };
        ShutdownHookManager.get()
                .addShutdownHook(stop, BEFORE_FILE_SYSTEMS_CLOSE, shutdown.toSeconds(), TimeUnit.SECONDS);
        EventType told = EventType.FAIL;
        try (Closeable status = startStatus(outages);
                Housekeeping housekeeping = new Housekeeping(files, offsets, metrics, clock)) {
            run(threads, end);
            if (end.isBounded()) {
                housekeeping.closeHoursAtEnd();
            }
            told = EventType.COMPLETE;
            return ExitCode.OK;
        } finally {
            ended.countDown();
            if (!ShutdownHookManager.get().isShutdownInProgress()) {
                ShutdownHookManager.get().removeShutdownHook(stop);
            }
            StreamLineage.tell(conf, told, "consume", run, (long) metrics.rows.count());
        }
    }

    private Closeable startStatus(List<Outage> outages) throws IOException {
        return StreamSettings.HTTP_ADDRESS.find(conf).isEmpty()
                ? () -> {}
                : StatusServer.start(StreamSettings.HTTP_ADDRESS.get(conf), metrics.registry(), () -> outages.stream()
                        .noneMatch(Outage::isOn));
    }

    private List<ConsumerThread> threads(EndCondition end) throws IOException {
        Optional<String> configured = StreamSettings.INSTANCE.find(conf);
        String name = configured.isPresent()
                ? configured.get()
                : InetAddress.getLocalHost().getHostName();
        // File names and commit metadata hold it.
        String instance = name.replaceAll("[^A-Za-z0-9_-]", "-");
        return IntStream.range(0, StreamSettings.THREADS.get(conf))
                .mapToObj(number -> new ConsumerContext(
                        "%s-%d".formatted(instance, number), files, owner, offsets::topicId, end, metrics, clock))
                .map(context -> new ConsumerThread(context, new ConsumerClients(conf)))
                .toList();
    }

    private void run(List<ConsumerThread> threads, EndCondition end) throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads.size());
        try {
            ExecutorCompletionService<Void> running = new ExecutorCompletionService<>(pool);
            threads.forEach(running::submit);
            for (int left = threads.size(); left > 0; ) {
                Future<Void> ended = running.poll(WATCH.toMillis(), TimeUnit.MILLISECONDS);
                if (ended != null) {
                    left--;
                    ended.get();
                } else if (end.isCatchingUp()) {
                    noteCommitted(end);
                }
            }
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } finally {
            end.stop();
            pool.shutdown();
            pool.awaitTermination(shutdown.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Notes what other processes have committed; threads note their own. */
    private void noteCommitted(EndCondition end) throws IOException {
        try {
            offsets.positions().forEach((partition, position) -> end.committed(partition, position.next()));
        } catch (OperatorException e) {
            LOG.warn("Cannot tell how far other processes have come, asking again: {}", e.getMessage());
        }
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof IOException known) {
            return known;
        }
        if (cause instanceof UnusablePositionException || KafkaFailure.isForOperator(cause)) {
            return new OperatorException(KafkaFailure.describe(cause), cause);
        }
        Object reason = cause instanceof IllegalStateException ? cause.getMessage() : cause;
        return new IOException("Cannot go on consuming: %s".formatted(reason), cause);
    }

    /** Not for the end of the main thread, which may be waiting for the JVM to exit. */
    private static void await(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
