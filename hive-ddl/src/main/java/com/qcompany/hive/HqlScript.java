package com.qcompany.hive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A {@code .hql} file as {@code beeline -f} reads it: statements that end with a semicolon, {@code --} comments, and
 * variables {@code ${name}} or {@code ${hivevar:name}}.
 *
 * @param name file name, for messages
 * @param header its leading comment, without the dashes
 * @param templates statements in order, without comments and with variables unresolved
 */
public record HqlScript(String name, List<String> header, List<String> templates) {

    public HqlScript {
        header = List.copyOf(header);
        templates = List.copyOf(templates);
    }

    /** Reads a script below this package's resources, such as {@code ddl/views.hql}. */
    public static HqlScript ofResource(String path) {
        try (InputStream in = HqlScript.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("Cannot find script %s among the resources".formatted(path));
            }
            return parse(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read script %s".formatted(path), e);
        }
    }

    /** Parses a script's text. */
    public static HqlScript parse(String name, String text) {
        List<String> header = text.lines()
                .takeWhile(line -> line.startsWith("--"))
                .map(line -> line.substring(2).stripTrailing())
                .toList();
        return new HqlScript(name, header, new Splitter(name, text).split());
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
    private static final class Splitter {

        private final String name;
        private final String text;
        private final List<String> statements = new ArrayList<>();
        private final StringBuilder statement = new StringBuilder();
        private int position;

        Splitter(String name, String text) {
            this.name = name;
            this.text = text;
        }

        List<String> split() {
            while (position < text.length()) {
                char c = text.charAt(position);
                if (c == '\'' || c == '"' || c == '`') {
                    takeQuoted(c);
                } else if (text.startsWith("--", position)) {
                    skipLine();
                } else if (c == ';') {
                    endStatement();
                    position++;
                } else {
                    take();
                }
            }
            endStatement();
            return statements;
        }

        private void takeQuoted(char quote) {
            int start = position;
            take();
            while (position < text.length() && text.charAt(position) != quote) {
                if (text.charAt(position) == '\\' && quote != '`') {
                    take();
                }
                take();
            }
            if (position >= text.length()) {
                throw new IllegalArgumentException("Cannot parse %s: the %s of line %d is not closed"
                        .formatted(name, quote, text.substring(0, start).lines().count()));
            }
            take();
        }

        private void take() {
            if (position < text.length()) {
                statement.append(text.charAt(position++));
            }
        }

        private void skipLine() {
            int end = text.indexOf('\n', position);
            position = end < 0 ? text.length() : end;
        }

        private void endStatement() {
            String complete = statement.toString().strip();
            if (!complete.isEmpty()) {
                statements.add(complete);
            }
            statement.setLength(0);
        }
    }
}
