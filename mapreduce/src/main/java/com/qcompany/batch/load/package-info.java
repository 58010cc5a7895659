/**
 * The load: pending groups of the raw zone to staged files of every table, by one MapReduce job, then the audit.
 *
 * <pre>
 * LoadPlan ── FeedInputFormat ── FeedMapper ───────┐            ┌ sales_transactions_fact, a file a date
 *          └─ DimensionInputFormat ─ DimensionMapper ┴ shuffle ─ LoadReducer ┼ one file a dimension, keys, rejected rows
 *                                   (table, group, order)       └ tallies a file, for the audit
 * </pre>
 *
 * <p>The shuffle brings, in this order, the dates a reducer will see, the sales by date in blocks that are ordered by id,
 * the dimensions' known versions and new observations in blocks that are ordered by key, the rejected rows by hour, and
 * the tallies. So a reducer streams: it keeps one Parquet writer open, and holds 32 MiB of a date's or a dimension's
 * blocks and one thing's history at the most.
 */
@NullMarked
package com.qcompany.batch.load;

import org.jspecify.annotations.NullMarked;
