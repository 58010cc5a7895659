package com.qcompany.batch.monitor;

import com.qcompany.hive.DurableFile;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics of the last run of each command in Prometheus' text format, in {@code q.metrics.textfile}, a directory of
 * node_exporter's textfile collector. A file appears whole and replaces that of the run before. Where it cannot be written
 * the log says so, and the run is what it was.
 *
 * <pre>
 * q_COMMAND.prom            how the command ended, when and after how long
 * q_COMMAND_published.prom  the numbers and counters of the row of load_runs, once it is published
 * </pre>
 */
public final class MetricsFile {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsFile.class);
    private static final String CONTRACT_VERSION = "contract.";
    private static final double MILLIS_PER_SECOND = 1000;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Tags tags;

    private MetricsFile(String command) {
        this.tags = Tags.of("command", command);
    }

    public static void ended(Configuration conf, String command, ExitCode code, Duration took) {
        if (Settings.METRICS_TEXTFILE.get(conf).isEmpty()) {
            return;
        }
        MetricsFile file = new MetricsFile(command);
        file.add("q.batch.exit.code", "How the command ended, 0 for right", Tags.empty(), code.code());
        file.add("q.batch.seconds", "How long it took", Tags.empty(), took.toMillis() / MILLIS_PER_SECOND);
        double now = Clock.systemUTC().millis() / MILLIS_PER_SECOND;
        file.add("q.batch.finished.timestamp.seconds", "When it ended", Tags.empty(), now);
        file.write(conf, "q_" + command);
    }

    /** Tells the numbers of a published row of {@code load_runs}. */
    public static void published(Configuration conf, Row run) {
        if (Settings.METRICS_TEXTFILE.get(conf).isEmpty()) {
            return;
        }
        String command = run.text("command");
        MetricsFile file = new MetricsFile(command);
        for (Column column : run.table().columns()) {
            if (column.type().kind() == Kind.BIGINT) {
                double number = run.require(column.name(), Long.class);
                file.add("q.batch." + column.name().replace('_', '.'), column.comment(), Tags.empty(), number);
            }
        }
        run.require("counters", Map.class).forEach((name, count) -> {
            String counter = String.valueOf(name);
            if (!counter.startsWith(CONTRACT_VERSION)) {
                file.add(
                        "q.batch.counter", "Counters", Tags.of("counter", counter), Double.parseDouble((String) count));
            }
        });
        LocalDateTime published = run.require("finished_at", LocalDateTime.class);
        file.add(
                "q.batch.published.timestamp.seconds",
                "When the last publish began",
                Tags.empty(),
                published.toEpochSecond(ZoneOffset.UTC));
        file.write(conf, "q_" + command + "_published");
    }

    private void add(String name, String description, Tags more, double value) {
        Gauge.builder(name, () -> value)
                .description(description)
                .tags(tags.and(more))
                .register(registry);
    }

    private void write(Configuration conf, String name) {
        Path file = Path.of(Settings.METRICS_TEXTFILE.get(conf), name + ".prom");
        try {
            DurableFile.write(file, registry.scrape().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("Cannot write metrics to {}: {}", file, e.toString());
        }
    }
}
