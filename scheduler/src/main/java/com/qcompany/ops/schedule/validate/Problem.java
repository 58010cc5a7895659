package com.qcompany.ops.schedule.validate;

import java.util.Comparator;

/**
 * What is wrong at a line of a file.
 *
 * @param severity whether the applications can be deployed all the same
 * @param file name relative to the applications' directory, or of the job properties
 * @param line from 1
 * @param text what is wrong, with the value and what is allowed
 */
public record Problem(Severity severity, String file, int line, String text) {

    /** Whether it stops a deployment. */
    public enum Severity {
        ERROR,
        WARNING
    }

    static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparing(Problem::line)
            .thenComparing(Problem::severity)
            .thenComparing(Problem::text);

    static Problem error(String file, int line, String text) {
        return new Problem(Severity.ERROR, file, line, text);
    }

    static Problem warning(String file, int line, String text) {
        return new Problem(Severity.WARNING, file, line, text);
    }

    /** {@code file:line: text}, as compilers write it. */
    @Override
    public String toString() {
        return "%s:%d: %s%s".formatted(file, line, severity == Severity.WARNING ? "warning: " : "", text);
    }
}
