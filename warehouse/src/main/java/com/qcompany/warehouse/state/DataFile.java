package com.qcompany.warehouse.state;

import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A Parquet file of a versioned table, as a snapshot has it or staged for a publish, with the number of its rows and the
 * values of its partition columns, in their order; none for an unpartitioned table.
 */
public record DataFile(Table table, List<String> partition, Path path, long rows) {
    /** Files that are read at once: each reader has a row group in memory. */
    private static final int READERS = 4;

    public DataFile {
        partition = List.copyOf(partition);
        if (partition.size() != table.partitionColumns().size()) {
            throw new IllegalArgumentException("Cannot use %s for %s: partition %s (expected a value for each of %s)"
                    .formatted(path, table.name(), partition, table.partitionColumns()));
        }
        if (rows < 0) {
            throw new IllegalArgumentException("Cannot use %s: %d rows (expected 0 or more)".formatted(path, rows));
        }
    }

    public static List<DataFile> of(Snapshot snapshot, Layout layout, Table table) {
        List<DataFile> files = new ArrayList<>();
        snapshot.versionOf(table)
                .ifPresent(version ->
                        files.addAll(of(version, table, List.of(), layout.tableVersion(table, version.number()))));
        for (String partition : snapshot.partitionsOf(table).keySet()) {
            files.addAll(of(snapshot, layout, table, partition));
        }
        return files;
    }

    /** The files of a partition, named by its values joined with {@code /}; none where it is not published. */
    public static List<DataFile> of(Snapshot snapshot, Layout layout, Table table, String partition) {
        Version version = snapshot.partitionsOf(table).get(partition);
        if (version == null) {
            return List.of();
        }
        List<String> values = List.of(partition.split("/"));
        return of(version, table, values, layout.partitionVersion(table, values, version.number()));
    }

    private static List<DataFile> of(Version version, Table table, List<String> values, Path directory) {
        return version.files().entrySet().stream()
                .map(file -> new DataFile(table, values, new Path(directory, file.getKey()), file.getValue()))
                .toList();
    }

    /** Reads every published row of a table, or some columns of each where the table is a projection. */
    public static void forEachRow(
            Snapshot snapshot, Layout layout, Table table, Configuration conf, Consumer<Row> action)
            throws IOException {
        forEachRow(of(snapshot, layout, table), conf, action);
    }

    /** Reads every row of files, several files at once; the action gets one row at a time. */
    public static void forEachRow(List<DataFile> files, Configuration conf, Consumer<Row> action) throws IOException {
        Object turn = new Object();
        new ParallelTasks(READERS).forEach(files, file -> {
            ParquetRows.forEach(ParquetRows.reader(file.table, file.path, conf), row -> {
                synchronized (turn) {
                    action.accept(row);
                }
            });
        });
    }

    /**
     * Checks that files are there, with the rows that were published.
     *
     * @throws IOException naming the first that is not, and what to do
     */
    public static void requireAll(FileSystem fs, List<DataFile> files, Configuration conf) throws IOException {
        for (DataFile file : files) {
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
}
