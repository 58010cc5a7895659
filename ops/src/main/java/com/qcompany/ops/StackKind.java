package com.qcompany.ops;

import java.util.Arrays;
import java.util.Locale;

/** How the servers of a stack run. */
public enum StackKind {
    /** In one process, but for Oozie. */
    EMBEDDED("an embedded stack"),
    /** Each in a process of its own. */
    DAEMONS("daemons");

    private final String description;

    StackKind(String description) {
        this.description = description;
    }

    /** Name in files. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }

    static StackKind parse(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot parse kind of stack: %s (expected embedded or daemons)".formatted(label)));
    }
}
