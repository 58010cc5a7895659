package com.qcompany.stream.consume;

import com.qcompany.stream.event.Rejection;
import com.qcompany.warehouse.contract.EventContract.Accept;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/** What the consumer counts and times, under {@code q_stream_}; docs/stream.md lists the names. Thread-safe. */
final class StreamMetrics {

    private final PrometheusMeterRegistry registry = newRegistry();

    final Counter events = counter("q.stream.events", "Records taken from Kafka");
    final Counter rows = counter("q.stream.rows", "Rows committed");
    final Counter tombstones = counter("q.stream.tombstones", "Records without a value, skipped");
    final Counter late = counter("q.stream.late", "Events of hours that their partition has passed");
    final Counter timesFromRecord = counter("q.stream.record.time", "Events without a time, given their record's");
    final Counter compactions = counter("q.stream.compactions", "Hours closed or merged by this process");
    final Counter housekeepingFailures =
            counter("q.stream.housekeeping.failures", "Rounds of housekeeping that failed and are tried again");
    final Timer flushes = timer("q.stream.flush", "Closing files, committing and publishing of an epoch");
    final Timer commits = timer("q.stream.commit", "Committing offsets");

    private final Map<TopicPartition, AtomicLong> lags = new ConcurrentHashMap<>();
    private final Map<String, Holding> holdings = new ConcurrentHashMap<>();

    StreamMetrics(Clock clock) {
        for (Accept rule : Accept.values()) {
            registry.counter("q.stream.accepted", "rule", rule.text());
        }
        Gauge.builder("q.stream.open.files", holdings, all -> all.values().stream()
                        .mapToInt(Holding::files)
                        .sum())
                .description("Staging files being written")
                .register(registry);
        Gauge.builder("q.stream.oldest.uncommitted.seconds", holdings, all -> all.values().stream()
                        .mapToDouble(holding -> seconds(Duration.between(holding.since(), clock.instant())))
                        .max()
                        .orElse(0))
                .description("Age of the oldest record taken and not committed")
                .register(registry);
    }

    /** What a thread has taken and not committed. */
    private record Holding(int files, Instant since) {}

    /** The registry that all of it is in. */
    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Tells how long the longest of these lasts. */
    void watch(List<Outage> outages) {
        Gauge.builder("q.stream.outage.seconds", outages, all -> all.stream()
                        .mapToDouble(outage -> seconds(outage.lasted()))
                        .max()
                        .orElse(0))
                .description("Length of the outage that a thread waits out; 0 while none does")
                .register(registry);
    }

    void rejected(Rejection.Code code) {
        registry.counter("q.stream.rejected", "reason", code.text()).increment();
    }

    void accepted(Accept rule) {
        registry.counter("q.stream.accepted", "rule", rule.text()).increment();
    }

    /** Records between a partition's position and its end; 0 where it is no longer this process's. */
    void lag(TopicPartition partition, long records) {
        lags.computeIfAbsent(partition, this::lagGauge).set(records);
    }

    /** What a thread holds at the moment. */
    void holding(String instance, int files, Instant since) {
        holdings.put(instance, new Holding(files, since));
    }

    /** A thread has committed all that it took. */
    void holdingNothing(String instance) {
        holdings.remove(instance);
    }

    /**
     * Leaves out Kafka's own meters by topic and partition, for they clash with the same ones of the whole client, and
     * those of reauthentication, which a client has twice: the registry would warn of both.
     */
    private static PrometheusMeterRegistry newRegistry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config()
                .meterFilter(MeterFilter.deny(id -> id.getName().startsWith("kafka.")
                        && (id.getTag("topic") != null || id.getName().contains(".reauthentication."))));
        return registry;
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

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
