package com.qcompany.ops.schedule.validate;

import com.qcompany.warehouse.command.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one <code>${...}</code> of Oozie's expression language asks for.
 *
 * @param names parameters, also those of {@code wf:conf('name')}; without keywords and constants
 * @param functions functions called, with their prefixes
 */
record Expression(Set<String> names, Set<String> functions) {

    private static final Pattern WHOLE = Pattern.compile("\\$\\{((?:[^'\"}]|'[^']*'|\"[^\"]*\")*)}");
    private static final Pattern TOKEN = Pattern.compile(
            """
            \\w+:conf\\(\\s*'(?<key>[^']*)'\\s*\\)\
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
     * @throws UsageException if one does not end
     */
    static List<Expression> in(String text) {
        Matcher whole = WHOLE.matcher(text);
        List<Expression> expressions = new ArrayList<>();
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", whole.end())) {
            if (!whole.find(start) || whole.start() != start) {
                throw new UsageException("Cannot read expression: %s (expected a closing } and closed quotes)"
                        .formatted(text.substring(start)));
            }
            expressions.add(of(whole.group(1)));
        }
        return expressions;
    }

    private static Expression of(String source) {
        Set<String> names = new TreeSet<>();
        Set<String> functions = new TreeSet<>();
        Matcher tokens = TOKEN.matcher(source);
        while (tokens.find()) {
            add(tokens.group("key"), names);
            add(tokens.group("function"), functions);
            add(tokens.group("name"), names);
        }
        return new Expression(names, functions);
    }

    private static void add(@Nullable String word, Set<String> words) {
        if (word != null && !ExpressionLanguage.isReserved(word)) {
            words.add(word);
        }
    }
}
