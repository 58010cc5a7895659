package com.qcompany.hive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.io.IOUtils;

/**
 * A {@code .hql} file as {@code beeline -f} reads it: statements that end with a semicolon, {@code --} comments, and
 * variables {@code ${name}} or {@code ${hivevar:name}}.
 *
 * @param header its leading comment, without the dashes
 * @param templates statements in order, without comments and with variables unresolved
 */
public record HqlScript(String name, List<String> header, List<String> templates) {

    /** A comment, something quoted, the end of a statement, a quote that is not closed, or what lies between. */
    private static final Pattern TOKEN = Pattern.compile(
            """
            --[^\\n]*\
            |'[^'\\\\]*(?:\\\\.[^'\\\\]*)*'|"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"|`[^`]*`\
            |;|(?<open>['"`])|[^'"`;-]+|-""",
            Pattern.DOTALL);

    public HqlScript {
        header = List.copyOf(header);
        templates = List.copyOf(templates);
    }

    /** Reads a script below this package's resources, such as {@code ddl/views.hql}. */
    public static HqlScript ofResource(String path) {
        try {
            String resource = "com/qcompany/hive/" + path;
            return parse(
                    path, IOUtils.resourceToString(resource, StandardCharsets.UTF_8, HqlScript.class.getClassLoader()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read script %s among the resources".formatted(path), e);
        }
    }

    public static HqlScript parse(String name, String text) {
        List<String> header = text.lines()
                .takeWhile(line -> line.startsWith("--"))
                .map(line -> line.substring(2).stripTrailing())
                .toList();
        return new HqlScript(name, header, statements(name, text));
    }

    /** What it is for: the first line of its header. */
    public String title() {
        return header.isEmpty() ? "" : header.get(0).strip();
    }

    /** What is good to know about it: the lines of the header up to the first empty one, after the title. */
    public String note() {
        return header.stream()
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .map(String::strip)
                .collect(Collectors.joining(" "));
    }

    /** Names and texts of a section of the header, such as {@code Parameters}: {@code name, blanks, text} a line. */
    public Map<String, String> section(String title) {
        Map<String, String> entries = new LinkedHashMap<>();
        header.stream()
                .dropWhile(line -> !line.equals(" " + title + ":"))
                .skip(1)
                .takeWhile(line -> line.startsWith("   "))
                .map(line -> line.strip().split("\\s+", 2))
                .forEach(entry -> entries.put(entry[0], entry.length == 1 ? "" : entry[1]));
        return entries;
    }

    /**
     * Its statements with every variable resolved.
     *
     * @throws IllegalArgumentException if a variable has no value
     */
    public List<String> statements(HqlParameters parameters) {
        return templates.stream().map(parameters::resolve).toList();
    }

    /** The statement of a script that has one. */
    public String onlyStatement(HqlParameters parameters) {
        if (templates.size() != 1) {
            throw new IllegalArgumentException(
                    "Cannot query with %s: it has %d statements (expected 1)".formatted(name, templates.size()));
        }
        return statements(parameters).get(0);
    }

    /** Splits at semicolons outside quotes and drops comments. */
    private static List<String> statements(String name, String text) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        Matcher token = TOKEN.matcher(text + "\n;");
        while (token.find()) {
            if (token.group("open") != null) {
                throw new IllegalArgumentException("Cannot parse %s: the %s of line %d is not closed"
                        .formatted(
                                name,
                                token.group(),
                                text.substring(0, token.start()).lines().count()));
            }
            if (token.group().equals(";")) {
                statements.add(statement.toString().strip());
                statement.setLength(0);
            } else if (!token.group().startsWith("--")) {
                statement.append(token.group());
            }
        }
        statements.removeIf(String::isEmpty);
        return statements;
    }
}
