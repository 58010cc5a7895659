package com.qcompany.ops;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Class path of YARN containers, made from this process's own.
 *
 * <p>The jars stand in it as one wildcard: 341 names are more than the launch script's command line holds.
 */
public final class ContainerClassPath {

    private ContainerClassPath() {}

    /**
     * Comma-separated: the entries that the library directory lacks, in their order, then its wildcard, then that of
     * its sub-directory {@code last}.
     *
     * @param classPath a JVM's class path
     * @param library directory of jars
     */
    public static String of(String classPath, Path library) {
        return Stream.concat(
                        Stream.of(classPath.split(File.pathSeparator, -1))
                                .filter(entry -> !entry.isEmpty())
                                .map(Path::of)
                                .filter(entry -> !isIn(library, entry))
                                .map(entry -> entry.toAbsolutePath().toString()),
                        Stream.of(library.toAbsolutePath() + "/*", library.toAbsolutePath() + "/last/*"))
                .collect(Collectors.joining(","));
    }

    private static boolean isIn(Path library, Path entry) {
        Path name = entry.getFileName();
        return Files.exists(library.resolve(name))
                || Files.exists(library.resolve("last").resolve(name));
    }

    /** The directory that the build copies all jars to: beside this class's directory, or around its jar. */
    public static Path library() {
        return library(
                ContainerClassPath.class.getProtectionDomain().getCodeSource().getLocation());
    }

    static Path library(URL location) {
        Path code = Path.of(URI.create(location.toString()));
        return Files.isDirectory(code) ? code.resolveSibling("lib") : code.resolveSibling("");
    }
}
