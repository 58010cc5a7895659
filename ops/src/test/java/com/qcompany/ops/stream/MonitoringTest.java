package com.qcompany.ops.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a running consumer tells its operators, against what the alert rules and the documentation rely on. */
@WithStack
class MonitoringTest {

    private static final Path PROJECT = Path.of(System.getProperty("q.project.root"));
    private static final Path RULES = PROJECT.resolve("ops/alerts/q-events.rules.yml");
    private static final Path DOCUMENTATION = PROJECT.resolve("kafka-consumer/docs/stream.md");
    private static final Pattern NAME = Pattern.compile("\\b(?:q_stream|kafka_consumer)_[a-z_]+\\b");
    private static final Pattern SERIES = Pattern.compile("^([a-z_]+)[{ ]", Pattern.MULTILINE);

    private static AppLog log;
    private static RunningConsumer consumer;
    private static Set<String> exported;

    @BeforeAll
    static void consumeEveryKindOfRecord(EmbeddedStack stack) throws Exception {
        log = new AppLog(stack, 1);
        log.send(10);
        log.send("{\"eventType\":\"productView\"}").get();
        log.send("{\"eventType\":\"addToCart\",\"timestamp\":\"2024-07-03T00:00:00\"}")
                .get();
        log.send("{").get();
        log.send((String) null).get();
        consumer = RunningConsumer.start(log.conf(), "one");
        Await.until("all is committed", () -> metrics().contains("q_stream_rows_total 12.0"));
        exported = matches(SERIES, metrics(), 1);
    }

    @AfterAll
    static void stop() throws Exception {
        consumer.close();
        log.close();
    }

    @Test
    void exportsEveryMetricThatAlertsAreOn() throws Exception {
        Set<String> names = names(RULES);

        assertThat(names).contains("q_stream_lag", "q_stream_rejected_total").isSubsetOf(exported);
    }

    @Test
    void exportsEveryMetricThatIsDocumented() throws Exception {
        Set<String> names = names(DOCUMENTATION);

        assertThat(names).contains("q_stream_events_total").isSubsetOf(exported);
        assertThat(exported.stream()
                        .filter(name -> name.startsWith("q_stream_"))
                        .filter(name -> !name.endsWith("_sum") && !name.endsWith("_max")))
                .as("what is exported is documented")
                .isSubsetOf(names);
    }

    @Test
    void everyAlertSaysWhatIsWrongAndWhatToDo() throws Exception {
        JsonNode rules = new YAMLMapper().readTree(RULES.toFile()).at("/groups/0/rules");

        assertThat(rules).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.path("alert").asText()).startsWith("QEvents");
            assertThat(rule.path("expr").asText()).isNotBlank();
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
            assertThat(rule.at("/annotations/action").asText()).isNotBlank();
        });
    }

    @Test
    void isHealthyAndReady() throws Exception {
        assertThat(consumer.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(consumer.get("/readyz").statusCode()).isEqualTo(200);
    }

    private static String metrics() throws Exception {
        return consumer.get("/metrics").body();
    }

    private static Set<String> names(Path file) throws IOException {
        return matches(NAME, Files.readString(file), 0);
    }

    private static Set<String> matches(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(group))
                .collect(Collectors.toSet());
    }
}
