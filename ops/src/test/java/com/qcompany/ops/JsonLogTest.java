package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What {@code Q_LOG_FORMAT=json} switches on. */
@Servers
class JsonLogTest {

    @Test
    void aLineIsAnObjectOfTheElasticCommonSchema() throws Exception {
        List<String> lines = logOf("com.qcompany.stream.Main", "consume", "-D", "q.stream.topik=x", "--daemon");

        assertThat(lines).hasSize(1);
        JsonNode line = JsonMapper.builder().build().readTree(lines.get(0));
        assertThat(Instant.parse(line.path("@timestamp").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(line.path("log.level").asText()).isEqualTo("ERROR");
        assertThat(line.path("log.logger").asText()).isEqualTo("com.qcompany.warehouse.command.Program");
        assertThat(line.path("service.name").asText()).isEqualTo("q");
        assertThat(line.path("message").asText())
                .isEqualTo("Cannot use configuration key q.stream.topik: it is unknown (did you mean q.stream.topic?)");
    }

    @Test
    void anExceptionIsOfTheSameLine() throws Exception {
        List<String> lines =
                logOf("com.qcompany.batch.Main", "sales", "-Dq.root=file:///q", "-Dfs.file.impl=java.lang.String");

        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
        JsonNode last = JsonMapper.builder().build().readTree(lines.get(lines.size() - 1));
        assertThat(last.path("error.type").asText()).endsWith("Exception");
        assertThat(last.path("error.stack_trace").asText()).contains("\tat ");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedWithoutAStackTrace() throws Exception {
        List<String> lines = logOf(
                "com.qcompany.batch.Main",
                "sales",
                "-Dq.root=hdfs://127.0.0.1:1/q",
                "-Dipc.client.connect.max.retries=0");

        assertThat(lines)
                .last(InstanceOfAssertFactories.STRING)
                .contains("Connection refused")
                .doesNotContain("\tat ");
    }

    private static List<String> logOf(String program, String... arguments) throws Exception {
        Path configuration = Path.of(
                System.getProperty("q.project.root"), "ops/src/main/resources/com/qcompany/ops/log4j2-json.properties");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HostsFile.option());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j2.configurationFile=" + configuration,
                "-cp",
                System.getProperty("java.class.path"),
                program));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isNotZero();
        return log.lines().toList();
    }
}
