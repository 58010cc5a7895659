/**
 * What the MapReduce jobs share: rows in the shuffle under a composite key, Parquet files of declared tables as input and
 * output, and how a job is set up and run.
 *
 * <pre>
 * RowInputFormat ── mapper ── (ShuffleKey, BytesWritable) ── reducer ── RowOutputFormat: out/TABLE[/column=value]/part-r-N
 * </pre>
 *
 * <p>A {@link com.qcompany.batch.job.ShuffleKey} names a table, a group whose rows one {@code reduce} call gets, and by a
 * name and a number the order in which it gets them.
 */
@NullMarked
package com.qcompany.batch.job;

import org.jspecify.annotations.NullMarked;
