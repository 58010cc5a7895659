package com.qcompany.stream.consume;

import com.qcompany.stream.event.Rejection;
import com.qcompany.warehouse.command.StreamSettings.Accept;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What the consumer counts and times, under {@code q_stream_}; docs/stream.md lists the names. Thread-safe. */
final class StreamMetrics {

    private final MeterRegistry registry;
    private final Clock clock;
    private final Counter events;
    private final Counter rows;
    private final Counter tombstones;
    private final Counter late;
    private final Counter timesFromRecord;
    private final Timer flushes;
    private final Timer commits;
    private final Map<TopicPartition, AtomicLong> lags = new ConcurrentHashMap<>();
    private final Map<String, Instant> uncommitted = new ConcurrentHashMap<>();
    private final Map<String, Integer> openFiles = new ConcurrentHashMap<>();

    StreamMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        events = counter("q.stream.events", "Records taken from Kafka");
        rows = counter("q.stream.rows", "Rows committed");
        tombstones = counter("q.stream.tombstones", "Records without a value, skipped");
        late = counter("q.stream.late", "Events of hours that their partition has passed");
        timesFromRecord = counter("q.stream.record.time", "Events without a time, given their record's");
        for (Accept rule : Accept.values()) {
            registry.counter("q.stream.accepted", "rule", rule.text());
        }
        flushes = timer("q.stream.flush", "Closing files, committing and publishing of an epoch");
        commits = timer("q.stream.commit", "Committing offsets");
        Gauge.builder("q.stream.open.files", this, StreamMetrics::openFiles)
                .description("Staging files being written")
                .register(registry);
        Gauge.builder("q.stream.oldest.uncommitted.seconds", this, StreamMetrics::oldestUncommittedSeconds)
                .description("Age of the oldest record taken and not committed")
                .register(registry);
    }

    /** Tells how long the longest of these lasts; the list may grow. */
    void watch(List<Outage> outages) {
        Gauge.builder("q.stream.outage.seconds", outages, StreamMetrics::longestSeconds)
                .description("Length of the outage that a thread waits out; 0 while none does")
                .register(registry);
    }

    private static double longestSeconds(List<Outage> outages) {
        return outages.stream()
                .mapToDouble(outage -> outage.lasted().toMillis() / 1000.0)
                .max()
                .orElse(0);
    }

    void taken(int records) {
        events.increment(records);
    }

    void committedRows(long count) {
        rows.increment(count);
    }

    void tombstone() {
        tombstones.increment();
    }

    void late() {
        late.increment();
    }

    void timeFromRecord() {
        timesFromRecord.increment();
    }

    void rejected(Rejection.Code code) {
        registry.counter("q.stream.rejected", "reason", code.text()).increment();
    }

    void accepted(Accept rule) {
        registry.counter("q.stream.accepted", "rule", rule.text()).increment();
    }

    void flushed(Duration took) {
        flushes.record(took);
    }

    void committed(Duration took) {
        commits.record(took);
    }

    /** Records between a partition's position and its end. */
    void lag(TopicPartition partition, long records) {
        lags.computeIfAbsent(partition, this::lagGauge).set(records);
    }

    /** A partition that is no longer this process's. */
    void forget(TopicPartition partition) {
        AtomicLong lag = lags.get(partition);
        if (lag != null) {
            lag.set(0);
        }
    }

    /** What a thread holds at the moment. */
    void holding(String instance, int files, Instant since) {
        openFiles.put(instance, files);
        uncommitted.put(instance, since);
    }

    /** A thread has committed all that it took. */
    void holdingNothing(String instance) {
        openFiles.remove(instance);
        uncommitted.remove(instance);
    }

    /** Adds the Kafka client's own metrics until what is returned is closed. */
    ClientMeters bind(Consumer<byte[], byte[]> consumer, String instance) {
        return ClientMeters.bind(registry, consumer, instance);
    }

    private AtomicLong lagGauge(TopicPartition partition) {
        AtomicLong lag = new AtomicLong();
        Gauge.builder("q.stream.lag", lag, AtomicLong::get)
                .description("Records behind the end of the partition")
                .tag("topic", partition.topic())
                .tag("partition", Integer.toString(partition.partition()))
                .register(registry);
        return lag;
    }

    private double openFiles() {
        return openFiles.values().stream().mapToInt(Integer::intValue).sum();
    }

    private double oldestUncommittedSeconds() {
        Instant now = clock.instant();
        return uncommitted.values().stream()
                .mapToDouble(since -> Duration.between(since, now).toMillis() / 1000.0)
                .max()
                .orElse(0);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).register(registry);
    }
}
