package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bin/q} does before any JVM starts. */
class QCommandTest {

    private static final Path Q = Path.of(System.getProperty("q.project.root"), "ops", "bin", "q");

    @TempDir
    Path directory;

    private record Result(int code, String output) {}

    @Test
    void helpListsTheCommands() throws Exception {
        assertThat(q("help").output()).contains("q COMMAND", "demo", "beeline");
    }

    @Test
    void anUnknownCommandIsAUsageError() throws Exception {
        Result result = q("lod");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.output()).isEqualTo("q: Cannot run lod (q help lists the commands)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "restart", "status", "demo", "test", "bench"})
    void everyCommandExplainsItself(String command) throws Exception {
        Result result = q(command, "--help");

        assertThat(result.code()).isZero();
        assertThat(result.output()).startsWith("Usage: q " + command + " ");
    }

    @Test
    void anEmbeddedStackTakesNoOtherArguments() throws Exception {
        for (List<String> line : List.of(
                List.of("up", "--daemon"),
                List.of("up", "--yarn", "now"),
                List.of("status", "x"),
                List.of("down", "x"))) {
            Result result = q(line.toArray(String[]::new));

            assertThat(result.code()).as("%s", line).isEqualTo(2);
            assertThat(result.output()).startsWith("q: Cannot take ").hasLineCount(1);
        }
    }

    @Test
    void definitionsMayStandBeforeTheCommand() throws Exception {
        Path copy = project("#!/bin/sh\necho \"$@\"\n");

        Result result = run(copy, tools(), "-D", "q.root=/x", "-Dq.database=d", "generate", "--rows", "5");

        assertThat(result.output())
                .contains("-Dq.called-as=q ")
                .endsWith(".Main generate -D q.root=/x -Dq.database=d --rows 5\n");
    }

    @Test
    void definitionsMayStandBeforeTheCommandOfEvents() throws Exception {
        Path copy = project("#!/bin/sh\necho \"$@\"\n");
        executable(directory.resolve("bin/hadoop"), "#!/bin/sh\necho cluster \"$@\"\n");
        Map<String, String> cluster = new HashMap<>(tools());
        cluster.put("HADOOP_CONF_DIR", "/etc/hadoop");

        assertThat(run(copy, cluster, "events", "-D", "q.root=/x", "produce", "--count", "5")
                        .output())
                .endsWith("generator.Main -D q.root=/x produce --count 5\n");
        assertThat(run(copy, cluster, "events", "-Dq.root=/x", "offsets").output())
                .endsWith("q-kafka-consumer.jar -Dq.root=/x offsets\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', C.UTF-8",
        "C, '', en_US.UTF-8, C.UTF-8",
        "'', '', xx_XX.UTF-8, C.UTF-8",
        "'', C.UTF-8, xx_XX.UTF-8, C.UTF-8",
        "'', '', C.utf8, ''",
        "'', C.UTF-8, POSIX, ''"
    })
    void programsGetALocaleOfAllLetters(String all, String characters, String language, String given) throws Exception {
        Path copy = project("#!/bin/sh\necho all=$LC_ALL\n");
        Map<String, String> environment = new HashMap<>(tools());
        environment.putAll(Map.of("LC_ALL", all, "LC_CTYPE", characters, "LANG", language));

        assertThat(run(copy, environment, "generate").output()).endsWith("all=" + given + "\n");
    }

    @Test
    void kafkaNeedsAToolAndABroker() throws Exception {
        assertThat(q("kafka", "topicz").output()).contains("Cannot run kafka topicz");
        assertThat(q("kafka", "topics", "--list").output()).contains("Cannot reach a stack");
        assertThat(q("events", "offsets").output()).contains("Cannot reach a stack");
    }

    @Test
    void anUnknownLogFormatIsAUsageError() throws Exception {
        Result result = run(Q, Map.of("Q_LOG_FORMAT", "xml"), "generate");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.output()).isEqualTo("q: Cannot log as xml (expected text or json)\n");
    }

    @Test
    void statusAndDownSayThatNothingRuns() throws Exception {
        assertThat(q("status").code()).isEqualTo(3);
        assertThat(q("down").output()).contains("No stack runs in " + directory);
    }

    @Test
    void worksThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("q"), Q);

        assertThat(run(link, Map.of(), "status").code()).isEqualTo(3);
    }

    @Test
    void aClustersOwnToolsRunWhereThereIsOne() throws Exception {
        for (String tool : List.of("hadoop", "hdfs", "kafka-topics.sh")) {
            Path script = directory.resolve(tool);
            Files.writeString(script, "#!/bin/sh\necho cluster $0 \"$@\"\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Map<String, String> cluster =
                Map.of("HADOOP_CONF_DIR", "/etc/hadoop", "PATH", directory + ":" + System.getenv("PATH"));

        assertThat(run(Q, cluster, "hdfs", "dfs", "-ls", "/").output())
                .isEqualTo("cluster %s/hdfs dfs -ls /\n".formatted(directory));
        assertThat(run(Q, cluster, "kafka", "topics", "--list").output())
                .isEqualTo("cluster %s/kafka-topics.sh --list\n".formatted(directory));
        assertThat(run(Q, cluster, "up").output()).contains("HADOOP_CONF_DIR names a cluster");
    }

    @Test
    void buildsAgainWhenContentsHaveChangedNotTimes() throws Exception {
        Path copy = project("#!/bin/sh\necho ran\n");
        Path source = directory.resolve("project/module/src/main/java/A.java");
        Map<String, String> environment = tools();

        assertThat(run(copy, environment, "generate").output()).contains("the first time", "[1/1] Everything", "ran");
        assertThat(run(copy, environment, "generate").output()).isEqualTo("ran\n");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run(copy, environment, "generate").output()).isEqualTo("ran\n");
        Files.writeString(source, "class B {}");
        assertThat(run(copy, environment, "generate").output())
                .contains("again: ./module/src/main/java/A.java has changed", "[1/1] Everything", "ran");
        Files.delete(source);
        assertThat(run(copy, environment, "generate").output()).contains("A.java has changed", "[1/1] Everything");
        assertThat(run(copy, environment, "generate").output()).isEqualTo("ran\n");
    }

    /** The second waits for the build and for the start of the first; the data directory is named by two ways to it. */
    @Test
    void twoAtOnceBuildOnceAndStartOneStack() throws Exception {
        Path copy = project(
                """
                #!/bin/sh
                for last; do :; done
                case "$*" in *ops.StackServer*)
                  echo started >>"%1$s/starts"
                  printf 'Kafka\\t127.0.0.1:1\\n' >"$last/services.tsv"
                  echo The stack is ready
                  while test -d "%1$s"; do sleep 0.1; done
                esac
                """
                        .formatted(directory));
        executable(
                directory.resolve("bin/mvn"),
                """
                #!/bin/sh
                mkdir -p "%1$s/project/ops/oozie-server/target/lib"
                echo built >>"%1$s/builds"
                sleep 0.3
                """
                        .formatted(directory));
        Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("linked")));
        Map<String, String> byLink = new HashMap<>(tools());
        byLink.put("Q_DATA_DIR", directory.resolve("link/data").toString());
        Map<String, String> relative = new HashMap<>(tools());
        relative.put("COLUMNS", "80"); // as watch sets it
        relative.put(
                "Q_DATA_DIR",
                Path.of("")
                        .toAbsolutePath()
                        .relativize(directory.resolve("linked/./data"))
                        .toString());

        Process first = start(copy, byLink, "up");
        Result second = run(copy, relative, "up");
        try {
            assertThat(second.code()).as(second.output()).isZero();
            assertThat(first.waitFor()).isZero();
            assertThat(directory.resolve("starts")).content().hasLineCount(1);
            assertThat(directory.resolve("builds"))
                    .as("of all, and of Oozie's libraries")
                    .content()
                    .hasLineCount(2);
        } finally {
            assertThat(run(copy, relative, "down").output()).startsWith("The stack has stopped");
        }
    }

    @Test
    void anEmbeddedStackIsNotStartedOverDaemons() throws Exception {
        write(directory.resolve("kind"), "daemons\n");
        Path services = write(directory.resolve("services.tsv"), "");

        Result result = q("up");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).endsWith("(expected: q up --daemons)\n").hasLineCount(1);
        assertThat(services).exists();
    }

    @Test
    void findsTheJdkThatTheJavaOfThePathBelongsTo() throws Exception {
        Path copy = project("#!/bin/sh\necho ran by $0\n");
        write(directory.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        Path java = directory.resolve("bin/java");
        Map<String, String> environment = Map.of("PATH", tools().get("PATH"), "JAVA_HOME", "");
        String ran = "ran by %s\n".formatted(directory.toRealPath().resolve("jdk/bin/java"));

        Files.createSymbolicLink(java, directory.resolve("jdk/bin/java"));
        assertThat(run(copy, environment, "generate").output()).endsWith(ran);
        Files.delete(java);
        write(directory.resolve("jdk/release"), "JAVA_VERSION=\"17\"\n");
        executable(
                java,
                "#!/bin/sh\necho '    java.home = %s'\n"
                        .formatted(directory.toRealPath().resolve("jdk")));
        assertThat(run(copy, environment, "generate").output()).isEqualTo(ran);
    }

    /** A project with a source, and programs that take the place of Maven and Java; returns its {@code q}. */
    @Test
    void aDemoThatFailsSaysWhyAndNoWarnings() throws Exception {
        Path copy = project(
                """
                #!/bin/sh
                case "$*" in *com.qcompany.ops.Demo*) ;; *) exit 0 ;; esac
                for i in 1 2 3; do echo '10:00:00 WARN Hive - Cannot get a snapshot' >&2; done
                echo '10:00:01 ERROR Program - Cannot load: lost' >&2
                exit 1
                """);

        Result result = run(copy, tools(), "demo");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).contains("Cannot load: lost\n").doesNotContain("snapshot");
    }

    private Path project(String java) throws IOException {
        Path project = directory.resolve("project");
        write(project.resolve("module/src/main/java/A.java"), "class A {}");
        write(project.resolve("pom.xml"), "<project/>");
        write(project.resolve("module/pom.xml"), "<project/>");
        write(project.resolve("ops/target/old"), "");
        write(project.resolve("ops/src/main/resources/com/qcompany/ops/jvm.options"), "-Xmx64m\n");
        executable(directory.resolve("bin/mvn"), "#!/bin/sh\necho '[INFO] Building Everything 1.0 [1/1]'\n");
        executable(directory.resolve("jdk/bin/java"), java);
        return executable(project.resolve("ops/bin/q"), Files.readString(Q));
    }

    private Map<String, String> tools() {
        return Map.of(
                "PATH",
                directory.resolve("bin") + ":" + System.getenv("PATH"),
                "JAVA_HOME",
                directory.resolve("jdk").toString());
    }

    @Test
    void aBuildThatFailsSaysWhyAndIsTriedAgain() throws Exception {
        Path copy = project("#!/bin/sh\necho ran\n");
        executable(directory.resolve("bin/mvn"), "#!/bin/sh\necho '[ERROR] no network'\nexit 1\n");

        for (int attempt = 0; attempt < 2; attempt++) {
            Result result = run(copy, tools(), "generate");

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.output()).contains("[ERROR] no network", "q: Cannot build the project (see ");
        }
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static Path executable(Path file, String text) throws IOException {
        return Files.setPosixFilePermissions(write(file, text), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result q(String... arguments) throws IOException, InterruptedException {
        return run(Q, Map.of(), arguments);
    }

    private Result run(Path script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(script, environment, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private Process start(Path script, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("HADOOP_CONF_DIR");
        builder.environment().put("Q_DATA_DIR", directory.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
