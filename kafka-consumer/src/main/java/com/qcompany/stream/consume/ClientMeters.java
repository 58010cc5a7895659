package com.qcompany.stream.consume;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * A Kafka consumer's own metrics of fetching and of its group, each under one name with one set of tags, until it is
 * closed. Those by topic, partition and broker are left out: the same names with other tags cannot be exported.
 */
record ClientMeters(MeterRegistry registry, List<Meter> meters) implements AutoCloseable {

    private static final List<String> GROUPS =
            List.of("consumer-fetch-manager-metrics", "consumer-coordinator-metrics", "consumer-metrics");
    private static final int CLIENT_ID_ONLY = 1;
    private static final String TOTAL = "-total";

    static ClientMeters bind(MeterRegistry registry, Consumer<byte[], byte[]> consumer, String instance) {
        return new ClientMeters(
                registry,
                consumer.metrics().values().stream()
                        .filter(metric -> GROUPS.contains(metric.metricName().group())
                                && metric.metricName().tags().size() == CLIENT_ID_ONLY
                                && metric.metricValue() instanceof Number)
                        .map(metric -> meter(registry, metric, instance))
                        .toList());
    }

    private static Meter meter(MeterRegistry registry, Metric metric, String instance) {
        MetricName known = metric.metricName();
        String name = "kafka.%s.%s"
                .formatted(known.group().replace("-metrics", ""), known.name())
                .replace('-', '.');
        return known.name().endsWith(TOTAL)
                ? FunctionCounter.builder(name, metric, ClientMeters::value)
                        .description(known.description())
                        .tag("instance", instance)
                        .register(registry)
                : Gauge.builder(name, metric, ClientMeters::value)
                        .description(known.description())
                        .tag("instance", instance)
                        .register(registry);
    }

    private static double value(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
