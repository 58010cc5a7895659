/**
 * Closing hours: an hour that the watermark has passed becomes one file of table kafka, under the eyes of readers.
 *
 * <pre>
 * positions ─ {@link com.qcompany.stream.compact.Watermarks} ─ {@link com.qcompany.stream.compact.HourClock}: which hours are closed
 * stream/open/HOUR/* ─ copy into one file ─ read back ─ journal ─ one rename ─ delete inputs
 * remember the partition for Hive ─ journal entry to done/, the hour's summary
 * </pre>
 *
 * <p>{@link com.qcompany.stream.compact.HourCompactor} does all of it under a lease. Its journal makes it safe without
 * one: of two compactors that work on the same hour, one publishes.
 *
 * <p>Only files of wholly published epochs are taken. Files are listed first, manifests second: a file that is listed
 * and whose epoch has no manifest then belongs to an epoch all of whose files have been published, and no manifest comes
 * back. The other order would miss an epoch that was sealed between the two, and leave its publisher without its target.
 */
@NullMarked
package com.qcompany.stream.compact;

import org.jspecify.annotations.NullMarked;
