package com.qcompany.batch.compact;

import com.qcompany.batch.compact.CompactionPlan.SourceFile;
import com.qcompany.batch.publish.StagedFile;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Merges the files that the tasks of one job staged for the same partition, where that is little work: they would count
 * towards the files that make the partition due for compaction, and bring its rewrite forward by as many loads.
 */
public final class StagedMerge {

    /** A merge of so many rows takes a fraction of a second; files of more are worth keeping apart. */
    private static final long MOST_ROWS = 50_000;

    private final Path directory;
    private final Configuration conf;

    /** @param directory where merged files go, in the run's staging directory */
    public StagedMerge(Path directory, Configuration conf) {
        this.directory = directory;
        this.conf = conf;
    }

    /**
     * Merges what is staged for a table, partition by partition.
     *
     * @param staged files of any tables; those of the table are sorted by its key
     * @return the files to be published instead: for each partition of few rows one, else its own; then those of other
     *     tables
     * @throws IOException if a key comes twice or the rows are not as many as were staged; nothing was published
     */
    public List<StagedFile> merge(Table table, List<StagedFile> staged) throws IOException {
        Map<List<String>, List<StagedFile>> partitions = new LinkedHashMap<>();
        List<StagedFile> merged = new ArrayList<>();
        for (StagedFile file : staged) {
            if (file.table().equals(table)) {
                partitions
                        .computeIfAbsent(file.partition(), values -> new ArrayList<>())
                        .add(file);
            } else {
                merged.add(file);
            }
        }
        for (List<StagedFile> files : partitions.values()) {
            merged.addAll(merged(table, files));
        }
        return merged;
    }

    private List<StagedFile> merged(Table table, List<StagedFile> files) throws IOException {
        long expected = files.stream().mapToLong(StagedFile::rows).sum();
        if (files.size() == 1 || expected > MOST_ROWS) {
            return files;
        }
        List<String> partition = files.get(0).partition();
        Path target = new Path(directory, table.name() + "-" + String.join("-", partition) + ".parquet");
        long rows = new SortedMerge(table, conf, () -> {}).merge(sources(files), target);
        if (rows != expected) {
            throw new IOException("Cannot merge staged files of %s %s: they have %d rows (expected %d)"
                    .formatted(table.name(), partition, rows, expected));
        }
        return List.of(new StagedFile(table, partition, target, rows));
    }

    private List<SourceFile> sources(List<StagedFile> files) throws IOException {
        FileSystem fs = directory.getFileSystem(conf);
        List<SourceFile> sources = new ArrayList<>();
        for (StagedFile file : files) {
            sources.add(new SourceFile(
                    file.file().toString(), fs.getFileStatus(file.file()).getLen()));
        }
        return sources;
    }
}
