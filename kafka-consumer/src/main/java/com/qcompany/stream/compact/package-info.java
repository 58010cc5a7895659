/**
 * Closing hours: an hour that the watermark has passed becomes one file of table kafka, under the eyes of readers.
 *
 * <pre>
 * positions ─ {@link com.qcompany.stream.compact.Watermarks}: which hours are closed
 * stream/open/HOUR/* ─ copy into one file ─ read back ─ journal ─ one rename ─ delete inputs
 * remember the partition for Hive ─ journal entry to done/, the hour's summary
 * </pre>
 *
 * <p>{@link com.qcompany.stream.compact.HourCompactor} does all of it under a lease. Its journal makes it safe without
 * one: of two compactors that work on the same hour, one publishes.
 */
@NullMarked
package com.qcompany.stream.compact;

import org.jspecify.annotations.NullMarked;
