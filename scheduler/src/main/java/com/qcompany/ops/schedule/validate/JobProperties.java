package com.qcompany.ops.schedule.validate;

import com.qcompany.warehouse.command.UsageException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Job properties as they are written, with their lines: values may refer to others by <code>${name}</code>.
 *
 * @param file what they are called in messages
 * @param written values as they stand in the file
 * @param lines line of each, from 1; 0 for one that the file does not have
 */
public record JobProperties(String file, Map<String, String> written, Map<String, Integer> lines) {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");
    private static final int MOST_NESTED = 20;

    public JobProperties {
        written = Map.copyOf(written);
        lines = Map.copyOf(lines);
    }

    /** Reads a file in the format of {@link Properties}. */
    public static JobProperties read(Path file) throws IOException {
        return parse(String.valueOf(file.getFileName()), Files.readString(file, StandardCharsets.UTF_8));
    }

    /** Reads the text of such a file. */
    public static JobProperties parse(String name, String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new IllegalStateException("A text can always be read", e);
        }
        Map<String, String> written = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> written.put(key, properties.getProperty(key)));
        List<String> textLines = text.lines().toList();
        Map<String, Integer> lines =
                written.keySet().stream().collect(Collectors.toMap(key -> key, key -> lineOf(textLines, key)));
        return new JobProperties(name, written, lines);
    }

    /** The same with other values; those that the file lacks are added. */
    public JobProperties with(Map<String, String> values) {
        Map<String, String> changed = new LinkedHashMap<>(written);
        changed.putAll(values);
        Map<String, Integer> known = new LinkedHashMap<>(lines);
        values.keySet().forEach(key -> known.putIfAbsent(key, 0));
        return new JobProperties(file, changed, known);
    }

    /** The same without some. */
    public JobProperties without(String... keys) {
        Map<String, String> changed = new LinkedHashMap<>(written);
        List.of(keys).forEach(changed::remove);
        return new JobProperties(file, changed, lines);
    }

    /** Line of a property. */
    public int line(String key) {
        return lines.getOrDefault(key, 0);
    }

    /** A property's value with all references replaced that can be; empty where it is not declared. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(written.get(key)).map(this::resolve);
    }

    /**
     * A property's value with all references replaced that can be.
     *
     * @throws IllegalArgumentException if it is not declared
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
            String before = resolved;
            resolved = REFERENCE
                    .matcher(before)
                    .replaceAll(match -> Matcher.quoteReplacement(written.getOrDefault(match.group(1), match.group())));
            if (resolved.equals(before)) {
                break;
            }
        }
        return resolved;
    }

    /** Every property with its references replaced, as Oozie gets them. */
    public Properties resolved() {
        Properties properties = new Properties();
        written.keySet().forEach(key -> properties.setProperty(key, get(key)));
        return properties;
    }

    private static int lineOf(List<String> lines, String key) {
        Pattern assignment = Pattern.compile("\\s*" + Pattern.quote(key) + "\\s*([=:\\s].*)?");
        return IntStream.range(0, lines.size())
                        .filter(i -> assignment.matcher(lines.get(i)).matches())
                        .findFirst()
                        .orElse(-1)
                + 1;
    }
}
