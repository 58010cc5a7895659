package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.StreamSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.StringUtils.TraditionalBinaryPrefix;
import org.junit.jupiter.api.Test;

/** The systemd unit of the consumer against the settings it relies on. */
class ServiceUnitTest {

    private static final Path DIRECTORY = Path.of(System.getProperty("q.project.root"), "ops", "systemd");

    @Test
    void aStopHasTimeToFlushAndCommit() throws IOException {
        assertThat(Long.parseLong(value("q-events.service", "TimeoutStopSec")))
                .isGreaterThan(
                        StreamSettings.SHUTDOWN.get(new Configuration(false)).toSeconds());
        assertThat(value("q-events.service", "SuccessExitStatus")).isEqualTo("143");
    }

    @Test
    void aWrongConfigurationDoesNotStartItAgain() throws IOException {
        assertThat(value("q-events.service", "Restart")).isEqualTo("on-failure");
        assertThat(value("q-events.service", "RestartPreventExitStatus"))
                .isEqualTo(Integer.toString(ExitCode.USAGE.code()));
    }

    @Test
    void theHeapFitsItsMemoryTwice() throws IOException {
        long heap = bytes(value("q-events.env", "HADOOP_HEAPSIZE_MAX"));

        assertThat(bytes(value("q-events.service", "MemoryMax"))).isGreaterThanOrEqualTo(2 * heap);
        assertThat(StreamSettings.BUFFER_SIZE.get(new Configuration(false))).isLessThan(heap / 2);
    }

    @Test
    void argumentsHoldNoSettings() throws IOException {
        assertThat(value("q-events.service", "ExecStart")).endsWith("q-kafka-consumer.jar consume --daemon");
        assertThat(value("q-events.service", "EnvironmentFile")).isEqualTo("/etc/q/q-events.env");
    }

    private static long bytes(String size) {
        return TraditionalBinaryPrefix.string2long(size);
    }

    private static String value(String file, String key) throws IOException {
        List<String> values = Files.readAllLines(DIRECTORY.resolve(file)).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
        assertThat(values).as(key).hasSize(1);
        return values.get(0);
    }
}
