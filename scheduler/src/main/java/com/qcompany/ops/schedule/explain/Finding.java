package com.qcompany.ops.schedule.explain;

/**
 * Something that is known of an hour.
 *
 * @param state what it means for the hour
 * @param sentence for a person
 */
record Finding(State state, String sentence) {

    enum State {
        /** Done, or nothing that the hour depends on. */
        FINE,
        /** The hour waits for it. */
        WAITING,
        /** It has failed and goes on by nobody's doing but an operator's. */
        FAILED
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
