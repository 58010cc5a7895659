package com.qcompany.stream.consume;

import com.qcompany.stream.Position;
import com.qcompany.stream.StreamLayout;
import com.qcompany.stream.kafka.KafkaFailure;
import com.qcompany.stream.kafka.TopicOffsets;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.OperatorException;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.command.StreamSettings.RejectTo;
import com.qcompany.warehouse.command.StreamSettings.StartAt;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of {@code consume}: its threads, what runs beside them, and how it ends. */
final class EventsConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(EventsConsumer.class);
    private static final int BEFORE_FILE_SYSTEMS_CLOSE = 100;
    private static final Duration WATCH = Duration.ofSeconds(1);

    private final Configuration conf;
    private final Clock clock;
    private final ProtocolStep.Listener steps;
    private final Consumer<InetSocketAddress> statusAddress;
    private final FileSystem fs;
    private final StreamLayout layout;
    private final ConsumerClients clients;
    private final Manifests manifests;
    private final StreamOwner owner;
    private final List<Outage> outages = new CopyOnWriteArrayList<>();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private EventsConsumer(
            Configuration conf, Clock clock, ProtocolStep.Listener steps, Consumer<InetSocketAddress> statusAddress)
            throws IOException {
        this.conf = conf;
        this.clock = clock;
        this.steps = steps;
        this.statusAddress = statusAddress;
        StreamFiles files = StreamFiles.of(conf);
        this.fs = files.fs();
        this.layout = files.layout();
        this.owner = StreamOwner.claim(fs, layout, StreamSettings.GROUP.get(conf));
        this.clients = new ConsumerClients(conf);
        this.manifests = files.manifests(conf, clock, steps);
    }

    /**
     * Consumes until it has ended as asked.
     *
     * @param steps is told of every step of the protocol
     * @param statusAddress is told where the status is answered, if anywhere
     */
    static ExitCode run(
            Configuration conf,
            ConsumeArguments arguments,
            Clock clock,
            ProtocolStep.Listener steps,
            Consumer<InetSocketAddress> statusAddress)
            throws IOException, InterruptedException {
        EventsConsumer consumer = new EventsConsumer(conf, clock, steps, statusAddress);
        try (Admin admin = consumer.clients.admin()) {
            TopicOffsets offsets = TopicOffsets.of(conf, admin);
            Optional<EndCondition> end = consumer.endCondition(arguments, offsets);
            if (end.isEmpty()) {
                LOG.info("Nothing to consume: the group has committed everything that is there");
                return consumer.publishCommitted(offsets);
            }
            return consumer.carryOut(end.get(), offsets);
        } finally {
            consumer.registry.close();
        }
    }

    private Optional<EndCondition> endCondition(ConsumeArguments arguments, TopicOffsets offsets)
            throws IOException, InterruptedException {
        offsets.requireTopic(StreamSettings.TOPIC.key());
        if (StreamSettings.REJECT_TO.get(conf) == RejectTo.TOPIC) {
            new TopicOffsets(offsets.admin(), StreamSettings.deadLetterTopic(conf), offsets.group())
                    .requireTopic(StreamSettings.DEAD_LETTER_TOPIC.key());
        }
        if (StreamSettings.START.get(conf) == StartAt.LATEST) {
            beginAtEnds(offsets);
        }
        if (arguments.duration().isPresent()) {
            return Optional.of(
                    EndCondition.until(clock.instant().plus(arguments.duration().get()), clock));
        }
        if (!arguments.untilCaughtUp()) {
            return Optional.of(EndCondition.endless(clock));
        }
        Map<TopicPartition, Long> targets = offsets.unconsumed();
        return targets.isEmpty() ? Optional.empty() : Optional.of(EndCondition.untilCaughtUp(targets, clock));
    }

    /** Gives all partitions a position at once, so that one without is known to be added later. */
    private static void beginAtEnds(TopicOffsets offsets) throws IOException, InterruptedException {
        if (!offsets.positions().isEmpty()) {
            return;
        }
        Map<TopicPartition, Position> ends = offsets.ends().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> Position.at(end.getValue())));
        try {
            offsets.set(ends);
        } catch (OperatorException e) {
            LOG.debug("Another process of the group has begun", e);
        }
    }

    /** Finishes what a consumer that was killed had committed: no thread is given a partition that would do it. */
    private ExitCode publishCommitted(TopicOffsets offsets) throws IOException, InterruptedException {
        int published = Orphans.of(conf, fs, layout, manifests, clock).adopt(offsets);
        return published > 0 ? ExitCode.OK : ExitCode.NOTHING_TO_DO;
    }

    private ExitCode carryOut(EndCondition end, TopicOffsets offsets) throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Runnable stop = () -> {
            end.stop();
            await(ended);
        };
        ShutdownHookManager.get()
                .addShutdownHook(
                        stop,
                        BEFORE_FILE_SYSTEMS_CLOSE,
                        StreamSettings.SHUTDOWN.get(conf).toSeconds(),
                        TimeUnit.SECONDS);
        StreamMetrics metrics = new StreamMetrics(registry, clock);
        metrics.watch(outages);
        Optional<StatusServer> status = StreamSettings.HTTP_ADDRESS.find(conf).isPresent()
                ? Optional.of(StatusServer.start(StreamSettings.HTTP_ADDRESS.get(conf), registry, () -> outages.stream()
                        .noneMatch(Outage::isOn)))
                : Optional.empty();
        status.ifPresent(server -> statusAddress.accept(server.address()));
        try (Housekeeping housekeeping = Housekeeping.start(conf, fs, layout, manifests, offsets, registry, clock)) {
            runWorkers(end, offsets, metrics);
            if (end.isBounded()) {
                housekeeping.closeHours();
            }
            return ExitCode.OK;
        } finally {
            status.ifPresent(StatusServer::close);
            ended.countDown();
            if (!ShutdownHookManager.get().isShutdownInProgress()) {
                ShutdownHookManager.get().removeShutdownHook(stop);
            }
        }
    }

    private void runWorkers(EndCondition end, TopicOffsets offsets, StreamMetrics metrics)
            throws IOException, InterruptedException {
        int threads = StreamSettings.THREADS.get(conf);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            ExecutorCompletionService<Void> workers = new ExecutorCompletionService<>(pool);
            for (int i = 0; i < threads; i++) {
                workers.submit(new Worker(clients, context("%s-%d".formatted(instance(), i), end, offsets, metrics)));
            }
            for (int running = threads; running > 0; ) {
                Future<Void> ended = workers.poll(WATCH.toMillis(), TimeUnit.MILLISECONDS);
                if (ended != null) {
                    running--;
                    requireEndedWell(ended, end);
                } else if (end.isBounded()) {
                    offsets.committed().forEach(end::committed);
                }
            }
        } finally {
            end.stop();
            pool.shutdown();
            pool.awaitTermination(StreamSettings.SHUTDOWN.get(conf).toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static void requireEndedWell(Future<Void> ended, EndCondition end)
            throws IOException, InterruptedException {
        try {
            ended.get();
        } catch (ExecutionException e) {
            end.stop();
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof IOException known) {
            return known;
        }
        if (cause instanceof UnusablePositionException || KafkaFailure.isForOperator(cause)) {
            return new OperatorException(KafkaFailure.describe(cause), cause);
        }
        return new IOException("Cannot go on consuming: %s".formatted(cause), cause);
    }

    /** Asks which topic it is; one that is gone may come back, so that it is an outage. */
    private static String topicId(TopicOffsets offsets) throws IOException {
        try {
            return offsets.topicId();
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Cannot ask for topic %s: interrupted".formatted(offsets.topic()));
        }
    }

    private WorkerContext context(String instance, EndCondition end, TopicOffsets offsets, StreamMetrics metrics) {
        Outage outage = new Outage(clock, StreamSettings.OUTAGE.get(conf));
        outages.add(outage);
        return new WorkerContext(
                conf,
                instance,
                layout,
                end,
                manifests,
                new LostOffsets(fs, layout),
                metrics,
                outage,
                clock,
                owner,
                () -> topicId(offsets),
                new AtomicBoolean(),
                steps);
    }

    private String instance() throws IOException {
        Optional<String> configured = StreamSettings.INSTANCE.find(conf);
        return EpochId.sanitized(
                configured.isPresent()
                        ? configured.get()
                        : InetAddress.getLocalHost().getHostName());
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
