package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.Row;

/**
 * A row on its way through the shuffle, in a block.
 *
 * @param place where it comes among those of its group
 * @param digest digest of a sale's values; 0 for other tables
 * @param row the row
 */
record PlacedRow(RowPlace place, long digest, Row row) {}
