package com.qcompany.warehouse.state;

import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file of a versioned table, as a snapshot has it.
 *
 * @param table its table
 * @param partition values of its partition; empty for an unpartitioned table
 * @param path where it lies
 * @param rows rows in it
 */
public record PublishedFile(Table table, List<String> partition, Path path, long rows) {
    public PublishedFile {
        partition = List.copyOf(partition);
    }

    /** All files of a table. */
    public static List<PublishedFile> of(Snapshot snapshot, Layout layout, Table table) {
        List<PublishedFile> files = new ArrayList<>();
        snapshot.versionOf(table)
                .ifPresent(
                        version -> add(files, table, List.of(), layout.tableVersion(table, version.number()), version));
        snapshot.partitionsOf(table).forEach((key, version) -> {
            List<String> values = List.of(key.split("/"));
            add(files, table, values, layout.partitionVersion(table, values, version.number()), version);
        });
        return files;
    }

    /**
     * Checks that files are there, with the rows that were published.
     *
     * @throws IOException naming the first that is not, and what to do
     */
    public static void requireAll(FileSystem fs, List<PublishedFile> files, Configuration conf) throws IOException {
        for (PublishedFile file : files) {
            if (!fs.exists(file.path())) {
                throw new IOException(
                        "Cannot trust %s: %s is missing, which has %d rows (restore the file, then rerun; nothing was changed)"
                                .formatted(file.table().name(), file.path(), file.rows()));
            }
            long rows = ParquetRows.rowCount(file.path(), conf);
            if (rows != file.rows()) {
                throw new IOException(
                        "Cannot trust %s: %s has %d rows, not %d (restore the file, then rerun; nothing was changed)"
                                .formatted(file.table().name(), file.path(), rows, file.rows()));
            }
        }
    }

    private static void add(
            List<PublishedFile> files, Table table, List<String> values, Path directory, Version version) {
        for (Map.Entry<String, Long> file : version.files().entrySet()) {
            files.add(new PublishedFile(table, values, new Path(directory, file.getKey()), file.getValue()));
        }
    }
}
