package com.qcompany.ops.schedule.explain;

import com.qcompany.warehouse.command.ExitCode;

/**
 * Something that is known of an hour.
 *
 * @param state what it means for the hour
 * @param sentence for a person
 */
record Finding(State state, String sentence) {

    /** Of two the later one counts. */
    enum State {
        /** Done, or nothing that the hour depends on. */
        FINE(ExitCode.OK, "is done."),
        /** The hour waits for it. */
        WAITING(ExitCode.NOTHING_TO_DO, "waits."),
        /** It has failed and goes on by nobody's doing but an operator's. */
        FAILED(ExitCode.CHECKS_FAILED, "has failed.");

        final ExitCode exitCode;
        final String verdict;

        State(ExitCode exitCode, String verdict) {
            this.exitCode = exitCode;
            this.verdict = verdict;
        }
    }

    static Finding fine(String sentence) {
        return new Finding(State.FINE, sentence);
    }

    static Finding waiting(String sentence) {
        return new Finding(State.WAITING, sentence);
    }

    static Finding failed(String sentence) {
        return new Finding(State.FAILED, sentence);
    }
}
