package com.qcompany.ops.schedule.validate;

import com.qcompany.warehouse.command.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one <code>${...}</code> of Oozie's expression language asks for.
 *
 * @param names parameters, also those of {@code wf:conf('name')}; without keywords and constants
 * @param functions functions called, with their prefixes
 */
record Expression(Set<String> names, Set<String> functions) {

    private static final Pattern TOKEN = Pattern.compile(
            """
            (?<configured>\\w+:conf\\(\\s*'(?<key>[^']*)'\\s*\\))\
            |'(?:[^'\\\\]|\\\\.)*'|"(?:[^"\\\\]|\\\\.)*"\
            |(?<function>(?:[A-Za-z_]\\w*:)?[A-Za-z_]\\w*)\\s*\\(\
            |(?<name>[A-Za-z_]\\w*(?:\\.\\w+)*)\
            |\\d[\\w.]*""");

    Expression {
        names = Set.copyOf(names);
        functions = Set.copyOf(functions);
    }

    /**
     * All expressions of a text.
     *
     * @throws IllegalArgumentException if one does not end
     */
    static List<Expression> in(String text) {
        List<Expression> expressions = new ArrayList<>();
        int start = text.indexOf("${");
        while (start >= 0) {
            int end = end(text, start + 2);
            expressions.add(of(text.substring(start + 2, end)));
            start = text.indexOf("${", end);
        }
        return expressions;
    }

    private static int end(String text, int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char character = text.charAt(i);
            if (quote != 0) {
                quote = character == quote ? 0 : quote;
            } else if (character == '\'' || character == '"') {
                quote = character;
            } else if (character == '}') {
                return i;
            }
        }
        throw new UsageException("Cannot read expression: %s (expected a closing } and closed quotes)"
                .formatted(text.substring(from - 2)));
    }

    private static Expression of(String source) {
        Set<String> names = new TreeSet<>();
        Set<String> functions = new TreeSet<>();
        Matcher tokens = TOKEN.matcher(source);
        while (tokens.find()) {
            if (tokens.group("configured") != null) {
                names.add(tokens.group("key"));
            } else if (tokens.group("function") != null) {
                functions.add(tokens.group("function"));
            } else if (tokens.group("name") != null) {
                names.add(tokens.group("name"));
            }
        }
        names.removeIf(ExpressionLanguage::isReserved);
        functions.removeIf(ExpressionLanguage::isReserved);
        return new Expression(names, functions);
    }
}
