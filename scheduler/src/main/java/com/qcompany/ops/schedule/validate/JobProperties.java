package com.qcompany.ops.schedule.validate;

import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Job properties as they are written, with their lines: values may refer to others by <code>${name}</code>.
 *
 * @param file what they are called in messages
 * @param lines lines of the file
 * @param written values as they stand in the file, or go over those
 */
public record JobProperties(String file, List<String> lines, Map<String, String> written) {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");
    private static final int MOST_NESTED = 20;

    public JobProperties {
        lines = List.copyOf(lines);
        written = Map.copyOf(written);
    }

    /** Reads a file in the format of {@link Properties}. */
    public static JobProperties read(Path file) throws IOException {
        return parse(String.valueOf(file.getFileName()), Files.readString(file));
    }

    /** Reads the text of such a file. */
    public static JobProperties parse(String name, String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read from memory", e);
        }
        Map<String, String> written = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> written.put(key, properties.getProperty(key)));
        return new JobProperties(name, text.lines().toList(), written);
    }

    /** The same with other values; those that the file lacks are added. */
    public JobProperties with(Map<String, String> values) {
        Map<String, String> changed = new LinkedHashMap<>(written);
        changed.putAll(values);
        return new JobProperties(file, lines, changed);
    }

    /** Line of a property, from 1; 0 for one that the file does not have. */
    public int line(String key) {
        Pattern assignment = Pattern.compile("\\s*" + Pattern.quote(key) + "\\s*([=:\\s].*)?");
        return 1
                + lines.stream()
                        .map(line -> assignment.matcher(line).matches())
                        .toList()
                        .indexOf(true);
    }

    /** A property's value with all references replaced that can be; empty where it is not declared. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(written.get(key)).map(this::resolve);
    }

    /**
     * A property's value with all references replaced that can be.
     *
     * @throws UsageException if it is not declared
     */
    public String get(String key) {
        return find(key)
                .orElseThrow(() -> new UsageException(
                        "Cannot find %s in %s (expected a line %s=VALUE)".formatted(key, file, key)));
    }

    /** A text with references to properties replaced; what else is in <code>${}</code> stays. */
    public String resolve(String text) {
        String resolved = text;
        for (int i = 0; i < MOST_NESTED; i++) {
            resolved = REFERENCE
                    .matcher(resolved)
                    .replaceAll(match -> Matcher.quoteReplacement(written.getOrDefault(match.group(1), match.group())));
        }
        return resolved;
    }

    /** Every property with its references replaced, as Oozie gets them. */
    public Properties resolved() {
        Properties properties = new Properties();
        written.keySet().forEach(key -> properties.setProperty(key, get(key)));
        return properties;
    }
}
