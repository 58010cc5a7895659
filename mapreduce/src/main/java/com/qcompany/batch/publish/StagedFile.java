package com.qcompany.batch.publish;

import com.qcompany.warehouse.schema.Table;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A finished Parquet file below a run's staging directory, with the number of its rows and the values of its table's
 * partition columns, in their order; none for an unpartitioned table.
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
