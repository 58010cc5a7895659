package com.qcompany.ops.schedule.validate;

import com.qcompany.ops.schedule.validate.Scope.Declaration;
import java.util.Collection;
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
        properties.written().forEach((key, value) -> {
            int line = properties.line(key);
            names(properties.file(), line, value)
                    .filter(name -> scope.find(name).isEmpty())
                    .forEach(name -> undeclared(properties.file(), line, name, scope));
        });
    }

    /** Warns of what is declared and never used; names that Oozie itself reads begin with {@code oozie.}. */
    void reportUnused() {
        Scope scope = Scope.of(properties);
        scope.declarations().forEach((name, declaration) -> {
            if (name.startsWith("oozie.")) {
                used.add(declaration);
            }
        });
        List.copyOf(used).forEach(declaration -> useReferred(declaration, scope));
        declared.stream()
                .filter(declaration -> !used.contains(declaration))
                .map(declaration -> Problem.warning(
                        declaration.file(),
                        declaration.line(),
                        "Cannot see a use of ${%s} (expected it in some application)".formatted(declaration.name())))
                .forEach(problems::add);
    }

    /** What the value of a used job property refers to is used too. */
    private void useReferred(Declaration declaration, Scope scope) {
        if (declaration.file().equals(properties.file())) {
            names(declaration.file(), declaration.line(), properties.written().getOrDefault(declaration.name(), ""))
                    .flatMap(name -> scope.find(name).stream())
                    .filter(used::add)
                    .forEach(referred -> useReferred(referred, scope));
        }
    }

    private Stream<String> names(String file, int line, String text) {
        return expressions(file, line, text).stream().flatMap(expression -> expression.names().stream());
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
