package com.qcompany.batch.publish;

import com.qcompany.warehouse.schema.Table;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A finished Parquet file in a run's staging directory.
 *
 * @param table table it holds rows of
 * @param partition values of the partition columns, in the table's order; empty for an unpartitioned table
 * @param file where it lies, below the run's staging directory
 * @param rows rows in it
 */
public record StagedFile(Table table, List<String> partition, Path file, long rows) {

    public StagedFile {
        partition = List.copyOf(partition);
        if (partition.size() != table.partitionColumns().size()) {
            throw new IllegalArgumentException("Cannot stage %s for %s: partition %s (expected a value for each of %s)"
                    .formatted(file, table.name(), partition, table.partitionColumns()));
        }
        if (rows < 0) {
            throw new IllegalArgumentException("Cannot stage %s: %d rows (expected 0 or more)".formatted(file, rows));
        }
    }
}
