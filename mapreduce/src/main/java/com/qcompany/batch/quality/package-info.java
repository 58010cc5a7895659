/**
 * Quality of the files, measured by the load's own job: each map task measures the columns of each file, a reducer merges
 * what the tasks measured, and the driver compares it with what the contracts expect.
 *
 * <pre>
 * LineJudge: a ColumnMeasure a column ── shuffle ── ColumnMeasure ── Judgement ── quality_metrics
 * </pre>
 */
@NullMarked
package com.qcompany.batch.quality;

import org.jspecify.annotations.NullMarked;
