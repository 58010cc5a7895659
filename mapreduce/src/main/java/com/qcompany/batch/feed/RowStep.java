package com.qcompany.batch.feed;

import java.util.function.Consumer;

/**
 * One compiled step of judging a record: derives values or checks a rule across fields. It is not applied where a value
 * that it reads is broken; what it would have written is then broken too.
 *
 * @param reads fields it reads
 * @param writes fields it writes
 * @param action what it does
 */
record RowStep(int[] reads, int[] writes, Consumer<RowDraft> action) {

    private static final int[] NOTHING = {};

    /** A step that checks and writes nothing. */
    static RowStep check(int[] reads, Consumer<RowDraft> action) {
        return new RowStep(reads, NOTHING, action);
    }

    void apply(RowDraft row) {
        if (row.anyBroken(reads)) {
            row.breakAll(writes);
        } else {
            action.accept(row);
        }
    }
}
