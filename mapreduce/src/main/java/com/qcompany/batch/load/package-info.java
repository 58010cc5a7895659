/**
 * The load: pending groups of the raw zone to staged files of every table, by one MapReduce job that decides about every
 * line and one that merges the dimensions, then the audit and one publish.
 *
 * <pre>
 * LoadPlan ── CsvInputFormat ── LineMapper ─┐                     ┌ sales_delta, transaction_keys
 *   waiting_rows ────────────── WaitingMapper ┴ shuffle ── LoadReducer ┼ rejected_rows, waiting_rows, quality_metrics, tallies
 *                              (feed, key, place)   │             └ observations ── DimensionJob ── *_dim
 *                                            transaction_keys
 * </pre>
 *
 * <p>{@link com.qcompany.batch.load.Load} tells the story; {@link com.qcompany.batch.load.SalesReduction} decides what is
 * loaded.
 */
@NullMarked
package com.qcompany.batch.load;

import org.jspecify.annotations.NullMarked;
