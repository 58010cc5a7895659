package com.qcompany.batch.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.Main;
import com.qcompany.batch.publish.RunRow;
import com.qcompany.warehouse.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {

    @TempDir
    Path dir;

    private final Configuration conf = new Configuration(false);

    @Test
    void aPublishedRunTellsItsNumbersAndCounters() throws IOException {
        conf.set("q.metrics.textfile", dir.toString());
        Instant start = Instant.parse("2024-07-04T10:00:00Z");

        MetricsFile.published(
                conf,
                new RunRow("load-1", "load", "published", start, start.plusSeconds(3))
                        .row()
                        .set("lines_in", 12L)
                        .set("counters", Map.of("rejections.units_invalid", "2", "contract.branches", "1.0.0")));

        assertThat(dir.resolve("q_load_published.prom"))
                .content()
                .contains(
                        "# HELP q_batch_lines_in Data lines read\n",
                        "q_batch_lines_in{command=\"load\"} 12.0\n",
                        "q_batch_counter{command=\"load\",counter=\"rejections.units_invalid\"} 2.0\n",
                        "q_batch_published_timestamp_seconds{command=\"load\"} 1.720087203E9\n")
                .doesNotContain("contract.branches");
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void everyCommandTellsHowItEndedAndWithoutTheSettingNothing() throws IOException {
        Configuration base = new Configuration();
        assertThat(Main.run(base, "config")).isZero();
        assertThat(Main.run(base, "quality", "-D", "q.metrics.textfile=" + dir, "--hour", "noon"))
                .isEqualTo(ExitCode.USAGE.code());

        assertThat(dir.resolve("q_quality.prom"))
                .content()
                .contains("q_batch_exit_code{command=\"quality\"} 2.0\n", "q_batch_seconds{command=\"quality\"} ");
        assertThat(dir.resolve("q_config.prom")).doesNotExist();
    }

    @Test
    void aDirectoryThatCannotBeWrittenEndsNoRun() throws IOException {
        Path file = Files.createFile(dir.resolve("file"));

        assertThat(Main.run(new Configuration(), "config", "-D", "q.metrics.textfile=" + file))
                .isZero();
    }
}
