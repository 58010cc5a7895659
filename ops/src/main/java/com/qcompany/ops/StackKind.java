package com.qcompany.ops;

/** How the servers of a stack run. */
public enum StackKind {
    /** In one process, but for Oozie. */
    EMBEDDED("an embedded stack"),
    /** Each in a process of its own. */
    DAEMONS("daemons");

    final String description;

    StackKind(String description) {
        this.description = description;
    }
}
