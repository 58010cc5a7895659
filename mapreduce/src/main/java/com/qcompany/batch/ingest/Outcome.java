package com.qcompany.batch.ingest;

/**
 * What became of a group folder in this run.
 *
 * @param kind what, for the exit code
 * @param sentence the same for an operator
 */
record Outcome(Kind kind, String sentence) {

    /** What became of it. */
    enum Kind {
        /** Copied to the raw zone. */
        TAKEN,
        /** Recorded as having the content of an earlier group. */
        DUPLICATE,
        /** Touched, but with the content recorded under its name. */
        UNCHANGED,
        /** Left for a later run. */
        WAITING,
        /** Left, and it lacks a file for longer than the grace period. */
        OVERDUE,
        /** Left, as it cannot be read. */
        FAILED
    }

    /** Whether the folder is dealt with by a new record. */
    boolean recorded() {
        return kind == Kind.TAKEN || kind == Kind.DUPLICATE;
    }
}
