/**
 * Feeds: what a source file looks like, how its records are cleaned and judged, and which tables they go to. Declared
 * as data, applied by code that knows no column by name, and no job.
 *
 * <ul>
 *   <li>{@link com.qcompany.batch.feed.FeedCatalog} finds the {@link com.qcompany.batch.feed.Feed} of a file name.
 *   <li>{@link com.qcompany.batch.feed.RecordScan} counts the records of a file while it is copied.
 *   <li>{@link com.qcompany.batch.feed.FeedHeader} reads a file's header and binds it to the feed.
 *   <li>{@link com.qcompany.batch.feed.CsvRecordReader} gives the records of a file or split as bytes.
 *   <li>{@link com.qcompany.batch.feed.FeedParser} turns a record into an {@link com.qcompany.batch.feed.Outcome}:
 *       accepted values, or the rules it breaks.
 *   <li>{@link com.qcompany.batch.feed.OutputMapping} makes the rows of a table from accepted values, with their key
 *       and content digest.
 * </ul>
 *
 * <p>A parser is not thread-safe: one per task. Declarations are immutable values.
 */
@NullMarked
package com.qcompany.batch.feed;

import org.jspecify.annotations.NullMarked;
