package com.qcompany.hive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code .hql} file as {@code beeline -f} reads it: statements that end with a semicolon, {@code --} comments, and
 * variables {@code ${name}} or {@code ${hivevar:name}}.
 *
 * @param name file name, for messages
 * @param title first line of its leading comment
 * @param templates statements in order, without comments and with variables unresolved
 */
public record HqlScript(String name, String title, List<String> templates) {

    public HqlScript {
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
        return new HqlScript(name, title(text), new Splitter(name, text).split());
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
    String onlyStatement(HqlParameters parameters) {
        if (templates.size() != 1) {
            throw new IllegalArgumentException(
                    "Cannot query with %s: it has %d statements (expected 1)".formatted(name, templates.size()));
        }
        return statements(parameters).get(0);
    }

    private static String title(String text) {
        return text.lines()
                .filter(line -> line.startsWith("--"))
                .findFirst()
                .map(line -> line.substring(2).strip())
                .orElse("");
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
