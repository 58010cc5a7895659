package com.qcompany.ops.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.ops.EmbeddedStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real BeeLine with the libraries that {@code q beeline} gives it, on a stack's HiveServer2. */
record Beeline(EmbeddedStack stack) {

    private static final Path LIBRARY = Path.of(System.getProperty("q.project.root"), "ops/target/beeline-lib");

    /** Whether the build has collected its libraries. */
    boolean isBuilt() {
        return Files.isDirectory(LIBRARY);
    }

    /**
     * Runs a script to its end and returns what it printed.
     *
     * @param directory where its output goes meanwhile
     * @param variables each {@code name=value}
     */
    String run(Path script, Path directory, String... variables) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                LIBRARY.resolve("hadoop-client-api-3.4.3.jar") + ":" + LIBRARY + "/*",
                "org.apache.hive.beeline.BeeLine",
                "-u",
                stack.hiveUrl(),
                "-n",
                System.getProperty("user.name"),
                "-f",
                script.toString()));
        for (String variable : variables) {
            command.addAll(List.of("--hivevar", variable));
        }
        Path output = directory.resolve(script.getFileName() + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int code = process.waitFor();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(text).doesNotContain("Error:");
        assertThat(code).as(text).isZero();
        return text;
    }
}
