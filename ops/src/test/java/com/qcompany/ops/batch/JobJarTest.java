package com.qcompany.ops.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.generator.GroupGenerator;
import com.qcompany.ops.HostsFile;
import com.qcompany.ops.Servers;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar under {@code hadoop jar}, where the cluster's class path has older copies of its libraries first. */
@Servers
class JobJarTest {

    private static final Path JOB_JAR =
            Path.of(System.getProperty("q.project.root", ".."), "mapreduce/target/q-mapreduce.jar");
    private static final Path OLDER = Path.of("target/older-lib");
    private static final List<String> BROUGHT_ALONG =
            List.of("q-", "hive-", "parquet-", "commons-csv-", "jts-", "libthrift-", "classes", "test-classes", "last");

    @TempDir
    Path dir;

    @Test
    void prefersItsOwnLibraries() throws Exception {
        String landing = dir.resolve("landing").toString();
        List<String> local = List.of(
                "-D",
                "fs.defaultFS=file:///",
                "-D",
                "mapreduce.framework.name=local",
                "-D",
                "hadoop.tmp.dir=" + dir.resolve("tmp"),
                "-D",
                "q.root=" + dir.resolve("q").toUri());

        new GroupGenerator(1, 40, 0, 0).write(Path.of(landing), 1, 1);

        assertThat(hadoopJar("ingest", join(local, List.of("--landing", landing, "--now"))))
                .contains("Accepted group1");
        assertThat(hadoopJar("load", local)).contains("55 loaded + 0 duplicate + 0 rejected");
    }

    private String hadoopJar(String command, List<String> args) throws Exception {
        Path output = dir.resolve(command + ".out");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED"));
        line.addAll(HostsFile.option());
        line.addAll(List.of("-cp", clusterClassPath(), "org.apache.hadoop.util.RunJar", JOB_JAR.toString(), command));
        line.addAll(args);
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    private static String clusterClassPath() throws Exception {
        try (Stream<Path> older = Files.list(OLDER)) {
            return Stream.concat(
                            older.map(jar -> jar.toAbsolutePath().toString()),
                            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                    .filter(entry -> BROUGHT_ALONG.stream()
                                            .noneMatch(
                                                    Path.of(entry).getFileName().toString()::startsWith)))
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
