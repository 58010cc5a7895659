package com.qcompany.batch.feed;

/** One compiled step of judging a record: derives values or checks a rule across fields. */
@FunctionalInterface
interface RowStep {

    void apply(RowDraft row);
}
