package com.qcompany.batch.compact;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.ImmutableFiles;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a compaction job merges: one file a partition, named for the partition's place in the list. The job's tasks read
 * it from a JSON file in the run's staging directory.
 *
 * @param partitions partitions to be rewritten
 */
public record CompactionPlan(List<PartitionFiles> partitions) {

    private static final String FILE_KEY = "qcompany.compact.plan";

    public CompactionPlan {
        partitions = List.copyOf(partitions);
    }

    /**
     * A partition and its files.
     *
     * @param table name of its table
     * @param values values of its partition columns
     * @param files its files, each sorted by the table's key
     */
    public record PartitionFiles(String table, List<String> values, List<SourceFile> files) {

        public PartitionFiles {
            values = List.copyOf(values);
            files = List.copyOf(files);
        }

        Table declaration() {
            return StarSchema.table(table);
        }

        /** What reading it costs, in bytes: opening a small file costs as much as reading a larger one. */
        long cost() {
            return files.stream()
                    .mapToLong(file -> file.bytes() + MergePasses.OPEN_COST_BYTES)
                    .sum();
        }
    }

    /**
     * A file of a partition.
     *
     * @param path fully qualified path
     * @param bytes its length
     */
    public record SourceFile(String path, long bytes) {}

    /** Name of the merged file of a partition, below the job's output directory. */
    static String outputName(int partition) {
        return "%05d.parquet".formatted(partition);
    }

    /** Writes the plan for the tasks of a job. */
    void writeTo(Path file, Configuration conf) throws IOException {
        ImmutableFiles.write(file.getFileSystem(conf), file, this);
        conf.set(FILE_KEY, file.toString());
    }

    /** Reads the plan that {@link #writeTo} wrote for this job. */
    static CompactionPlan readFrom(Configuration conf) throws IOException {
        Path file = new Path(conf.get(FILE_KEY, ""));
        return ImmutableFiles.read(file.getFileSystem(conf), file, CompactionPlan.class);
    }
}
