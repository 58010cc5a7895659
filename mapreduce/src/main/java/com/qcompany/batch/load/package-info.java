/**
 * The load: pending groups of the raw zone to staged files of every table, by one MapReduce job that decides about every
 * line and one that merges the dimensions, then the audit and one publish.
 *
 * <pre>
 * LoadPlan ── CsvInputFormat ┬ LineMapper ── shuffle ── LoadReducer ┬ sales_delta, transaction_keys
 *              waiting_rows ┘     (feed, key, place)  │             ├ rejected_rows, waiting_rows, quality_metrics, tallies
 *                                           transaction_keys          └ observations ── DimensionJob ── *_dim
 * </pre>
 *
 * <p>{@link com.qcompany.batch.load.Load} tells the story; {@link com.qcompany.batch.load.SalesReduction} decides what is
 * loaded.
 */
@NullMarked
package com.qcompany.batch.load;

import org.jspecify.annotations.NullMarked;
