package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.Row;
import java.io.IOException;

/** Where a reducer's rows go; rows of one table and partition come one after the other. */
@FunctionalInterface
interface StagedRows {

    /** Partition value of rows of an unpartitioned table. */
    String UNPARTITIONED = "";

    /**
     * Writes a row.
     *
     * @param partition value of the partition column, or {@link #UNPARTITIONED}
     */
    void write(String partition, Row row) throws IOException, InterruptedException;
}
