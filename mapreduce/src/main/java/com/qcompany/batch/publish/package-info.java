/**
 * How staged files become visible: a plan that decides everything, a journal entry that commits it, a replay that any
 * run can do again from its start. Knows no job and no JDBC; {@code mapreduce/docs/publishing.md} reasons it through.
 */
@NullMarked
package com.qcompany.batch.publish;

import org.jspecify.annotations.NullMarked;
