package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerClassPathTest {

    @TempDir
    Path directory;

    @Test
    void namesOnlyWhatTheWildcardsLack() throws IOException {
        Path library = Files.createDirectories(directory.resolve("lib"));
        Files.createDirectories(library.resolve("last"));
        Files.createFile(library.resolve("known.jar"));
        Files.createFile(library.resolve("last/late.jar"));
        String own = directory.resolve("classes").toString();

        String classPath =
                ContainerClassPath.of(String.join(File.pathSeparator, "/m2/known.jar", own, "/m2/late.jar"), library);

        assertThat(classPath).isEqualTo("%s,%s/*,%s/last/*".formatted(own, library, library));
    }

    @Test
    void findsTheLibraryInADirectoryWithABlank() throws IOException {
        Path classes = Files.createDirectories(directory.resolve("my project/classes"));

        assertThat(ContainerClassPath.library(classes.toUri().toURL())).isEqualTo(classes.resolveSibling("lib"));
    }
}
