package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools behind {@code q kafka}, on the class path that it gives them: they are older than the broker. */
@WithStack
class KafkaToolsTest {

    private static final Path Q = Path.of(System.getProperty("q.project.root"), "ops", "bin", "q");
    private static final String TOPIC = "tools-" + UUID.randomUUID();

    @TempDir
    Path directory;

    private String bootstrap;

    @BeforeEach
    void findBroker(EmbeddedStack stack) {
        bootstrap = stack.kafka().bootstrap();
    }

    @Test
    void everyToolDoesItsWork() throws Exception {
        assertThat(tool("topics", "--create", "--topic", TOPIC, "--partitions", "1"))
                .contains("Created topic " + TOPIC);
        give("hello\n", "console-producer", "--topic", TOPIC, "--compression-codec", "zstd");
        assertThat(tool("get-offsets", "--topic", TOPIC)).contains(TOPIC + ":0:1");
        assertThat(tool("console-consumer", "--topic", TOPIC, "--group", TOPIC, "--from-beginning", "--max-messages=1"))
                .contains("hello");
        assertThat(tool("consumer-groups", "--describe", "--group", TOPIC)).contains(TOPIC);
        assertThat(tool("configs", "--alter", "--topic", TOPIC, "--add-config", "retention.ms=60000"))
                .contains("Completed updating config");
        assertThat(tool("configs", "--describe", "--topic", TOPIC)).contains("retention.ms=60000");
    }

    private String tool(String name, String... arguments) throws Exception {
        return give("", name, arguments);
    }

    private String give(String input, String name, String... arguments) throws Exception {
        Path inputFile = Files.writeString(directory.resolve("input"), input);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(HostsFile.option());
        String library = ContainerClassPath.library().toString();
        String tools = Path.of(library).resolveSibling("kafka-tools-lib").toString();
        command.addAll(List.of(
                "-cp",
                String.join(File.pathSeparator, tools + "/*", library + "/*", library + "/last/*"),
                classOf(name)));
        command.addAll(List.of("--bootstrap-server", bootstrap));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(inputFile.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static String classOf(String name) throws IOException {
        Matcher line = Pattern.compile("^ *%s\\) class=(\\S+) ;;$".formatted(name), Pattern.MULTILINE)
                .matcher(Files.readString(Q));
        assertThat(line.find()).as(name).isTrue();
        return line.group(1);
    }
}
