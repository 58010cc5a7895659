package com.qcompany.batch.feed;

/** How a contract goes with one before it, in the terms of schema registries. */
public enum Compatibility {
    /** Both of the other two. */
    FULL,
    /** It takes every file that the one before takes. */
    BACKWARD,
    /** The one before takes every file that it takes. */
    FORWARD,
    /** Neither, or a value means something else. */
    NONE;

    /** Of two changes together. */
    Compatibility and(Compatibility other) {
        if (this == FULL || this == other) {
            return other;
        }
        return other == FULL ? this : NONE;
    }

    /** Whether files that were right may be wrong now. */
    public boolean isBreaking() {
        return this == FORWARD || this == NONE;
    }
}
