package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.ExitCode;
import java.time.LocalDateTime;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** What a running consumer says of itself over HTTP. */
@WithStack
class StatusTest {

    private static final LocalDateTime NEWEST = LocalDateTime.of(2024, 7, 5, 12, 0);

    private final EmbeddedStack stack;

    StatusTest(EmbeddedStack stack) {
        this.stack = stack;
    }

    @Test
    void countsWhatBecameOfEveryRecord() throws Exception {
        try (AppLog log = new AppLog(stack, 1)) {
            Configuration conf = log.with(
                    "q.stream.threads", "1",
                    "q.stream.compact-seconds", "1",
                    "q.stream.late-policy", "reject",
                    "q.stream.max-lateness-seconds", "3600");
            log.send(log.event(NEWEST)).get();
            log.send(log.event(NEWEST.minusHours(1))).get();
            log.send(log.event(NEWEST.minusHours(5))).get();
            log.send("\0\0\0\0\7binary").get();
            log.send("{\"quantity\":").get();
            log.send((String) null).get();
            log.send("{\"eventType\":\"purchase\"}").get();
            try (RunningConsumer consumer = RunningConsumer.start(conf, "one")) {
                log.awaitAllCommitted();
                Await.until(
                        "hours are closed",
                        () -> consumer.get("/metrics").body().matches("(?s).*q_stream_compactions_total [1-9].*"));

                assertThat(consumer.get("/healthz").statusCode()).isEqualTo(200);
                assertThat(consumer.get("/readyz").statusCode()).isEqualTo(200);
                assertThat(consumer.get("/metrics").body())
                        .contains("q_stream_events_total 7.0")
                        .contains("q_stream_rows_total 3.0")
                        .contains("q_stream_tombstones_total 1.0")
                        .contains("q_stream_record_time_total 1.0")
                        .contains("q_stream_rejected_total{reason=\"event_too_late\"} 1.0")
                        .contains("q_stream_rejected_total{reason=\"confluent_wire_format\"} 1.0")
                        .contains("q_stream_rejected_total{reason=\"broken_json\"} 1.0")
                        .contains("q_stream_lag{partition=\"0\",topic=\"%s\"} 0.0".formatted(log.topic()))
                        .contains("q_stream_late_total", "q_stream_flush_seconds_count", "q_stream_commit_seconds_sum")
                        .contains("q_stream_open_files 0.0", "q_stream_oldest_uncommitted_seconds 0.0")
                        .contains("q_stream_outage_seconds 0.0", "q_stream_housekeeping_failures_total 0.0")
                        .contains("kafka_consumer_fetch_manager_records_consumed_total")
                        .doesNotContain("reauthentication")
                        .doesNotContainPattern("kafka_[^\n]*topic=");
            }

            assertThat(log.published()).containsOnlyKeys("0:0", "0:1", "0:6");
            assertThat(log.rejected()).containsOnlyKeys("0:2", "0:3", "0:4");
            assertThat(log.run("audit")).isEqualTo(ExitCode.OK.code());
        }
    }
}
