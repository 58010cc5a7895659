package com.qcompany.ops.schedule.validate;

import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a directory of applications, by name relative to it with {@code /}; hidden ones are left out.
 *
 * @param contents their bytes
 * @param jars names of the jars that will lie in {@code lib/}
 */
public record Applications(SortedMap<String, byte[]> contents, Set<String> jars) {

    /** The one application that everything else hangs from. */
    public static final String BUNDLE = "bundle.xml";

    private static final String LIBRARY = "lib/";
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][\\w+.-]*:/.*");

    public Applications {
        jars = Set.copyOf(jars);
    }

    /**
     * Reads a directory.
     *
     * @throws UsageException if it holds no bundle
     */
    public static Applications read(Path directory, Set<String> jars) throws IOException {
        if (!Files.isRegularFile(directory.resolve(BUNDLE))) {
            throw new UsageException("Cannot read applications: %s (expected a directory with a %s)"
                    .formatted(directory.toAbsolutePath(), BUNDLE));
        }
        SortedMap<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (!("/" + name).contains("/.")) {
                    contents.put(name, Files.readAllBytes(file));
                }
            }
        }
        return new Applications(contents, jars);
    }

    boolean has(String name) {
        return contents.containsKey(name)
                || (name.startsWith(LIBRARY) && jars.contains(name.substring(LIBRARY.length())));
    }

    /**
     * The name of what a path in an application means; empty where it lies elsewhere on the cluster or only a run knows.
     *
     * @param path as it is written
     * @param user name of the file that has it
     */
    static Optional<String> name(String path, String user, JobProperties properties) {
        String root = properties.find("appPath").orElse("${appPath}") + "/";
        String resolved = properties.resolve(path.replaceFirst("#.*$", ""));
        if (resolved.startsWith(root)) {
            return Optional.of(normalized(resolved.substring(root.length())));
        }
        if (resolved.contains("${")
                || resolved.startsWith("/")
                || SCHEME.matcher(resolved).matches()) {
            return Optional.empty();
        }
        return Optional.of(normalized(user.substring(0, user.lastIndexOf('/') + 1) + resolved));
    }

    /** The file of an application whose path names it or its directory. */
    String definition(String name, String file) {
        return name.endsWith(".xml") ? name : name + "/" + file;
    }

    private static String normalized(String name) {
        return Path.of(name).normalize().toString().replace('\\', '/');
    }
}
