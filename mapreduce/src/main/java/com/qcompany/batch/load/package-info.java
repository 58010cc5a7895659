/**
 * The load: pending groups of the raw zone to staged files of every table, by one MapReduce job, then the audit.
 *
 * <pre>
 * LoadPlan ── FeedInputFormat ── FeedMapper ── shuffle ── LoadReducer ┬ sales_transactions_fact, a file a date
 *                               (table, group, order)         │       ├ a file of each dimension, keys, rejected rows
 *                            published dimensions and keys ───┘       └ tallies a file, for the audit
 * </pre>
 *
 * <p>The shuffle brings, in this order, the dates a reducer will see, the sales by date in blocks that are ordered by id,
 * what files show of things in blocks that are ordered by key, the rejected rows by hour, and the tallies. What is
 * published is not shuffled: a reducer reads it where it lies, of dimensions the range of keys that {@link
 * com.qcompany.batch.load.PublishedDimension} gives it. So a reducer streams: it keeps one Parquet writer open, and holds
 * 32 MiB of a date's or a dimension's blocks and one thing's history at the most.
 */
@NullMarked
package com.qcompany.batch.load;

import org.jspecify.annotations.NullMarked;
