package com.qcompany.batch.load;

import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.parquet.Row;
import org.jspecify.annotations.Nullable;

/**
 * A sale that breaks no rule of its feed, before it is decided whether it is loaded.
 *
 * @param file its file
 * @param offset where its line begins there, in bytes
 * @param record the record that a mapper sent
 * @param values values of the feed's fields
 * @param fact the row that would be loaded
 * @param digest digest of its values; tells a repeat from a change
 */
record AcceptedSale(PlannedFile file, long offset, Row record, @Nullable Object[] values, Row fact, long digest) {}
