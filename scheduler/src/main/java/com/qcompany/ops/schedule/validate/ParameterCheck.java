package com.qcompany.ops.schedule.validate;

import com.qcompany.ops.schedule.validate.Scope.Declaration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Checks that every parameter is declared where it is used, and collects which are used. */
final class ParameterCheck {

    private final JobProperties properties;
    private final Collection<Problem> problems;
    private final Set<Declaration> declared = new LinkedHashSet<>();
    private final Set<Declaration> used = new HashSet<>();

    ParameterCheck(JobProperties properties, Collection<Problem> problems) {
        this.properties = properties;
        this.problems = problems;
        declared.addAll(Scope.of(properties).declarations().values());
    }

    /** Checks all text and attributes of a file. */
    void check(String file, XmlElement root, Scope scope) {
        declared.addAll(scope.declarations().values());
        root.all().forEach(element -> Stream.concat(Stream.of(element.text()), element.attributes().values().stream())
                .forEach(text -> check(file, element.line(), text, scope)));
    }

    /** Checks what values of job properties refer to. */
    void checkProperties() {
        Scope scope = Scope.of(properties);
        properties
                .written()
                .forEach((key, value) -> expressions(properties.file(), properties.line(key), value).stream()
                        .flatMap(expression -> expression.names().stream())
                        .filter(name -> scope.find(name).isEmpty())
                        .forEach(name -> undeclared(properties.file(), properties.line(key), name, scope)));
    }

    /** Warns of what is declared and never used; names that Oozie itself reads begin with {@code oozie.}. */
    void reportUnused() {
        Scope scope = Scope.of(properties);
        scope.names().stream()
                .filter(name -> name.startsWith("oozie."))
                .map(name -> scope.find(name).orElseThrow())
                .forEach(used::add);
        addReferred(scope);
        declared.stream()
                .filter(declaration -> !used.contains(declaration))
                .map(declaration -> Problem.warning(
                        declaration.file(),
                        declaration.line(),
                        "Cannot see a use of ${%s} (expected it in some application)".formatted(declaration.name())))
                .forEach(problems::add);
    }

    private void addReferred(Scope scope) {
        Deque<Declaration> open = new ArrayDeque<>(used);
        while (!open.isEmpty()) {
            Declaration declaration = open.pop();
            if (!declaration.file().equals(properties.file())) {
                continue;
            }
            expressions(
                            declaration.file(),
                            declaration.line(),
                            properties.written().getOrDefault(declaration.name(), ""))
                    .stream()
                    .flatMap(expression -> expression.names().stream())
                    .flatMap(name -> scope.find(name).stream())
                    .filter(used::add)
                    .forEach(open::push);
        }
    }

    private void check(String file, int line, String text, Scope scope) {
        for (Expression expression : expressions(file, line, text)) {
            for (String name : expression.names()) {
                scope.find(name).ifPresentOrElse(used::add, () -> undeclared(file, line, name, scope));
            }
            expression.functions().stream()
                    .filter(function -> !ExpressionLanguage.hasFunction(function))
                    .map(function -> "Cannot call %s: Oozie has no such function (did you mean %s?)"
                            .formatted(function, ExpressionLanguage.nearestFunction(function)))
                    .forEach(message -> problems.add(Problem.error(file, line, message)));
        }
    }

    private List<Expression> expressions(String file, int line, String text) {
        try {
            return Expression.in(text);
        } catch (IllegalArgumentException e) {
            problems.add(Problem.error(file, line, String.valueOf(e.getMessage())));
            return List.of();
        }
    }

    private void undeclared(String file, int line, String name, Scope scope) {
        problems.add(Problem.error(
                file,
                line,
                "Cannot resolve ${%s}: it is declared nowhere (expected in %s)"
                        .formatted(name, String.join(" or ", scope.files()))));
    }
}
