package com.qcompany.hive;

import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.schema.Table.Storage;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Listing;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Compares the files of every versioned table with what a snapshot names: each is there with the rows it had, by its
 * footer, and no reader sees another one beside it.
 */
record FileAudit(Warehouse warehouse, Configuration conf) {

    /** One finding a versioned table. */
    List<Finding> check(Snapshot published) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Table table : versionedTables()) {
            findings.add(finding(table, DataFile.of(published, warehouse.layout(), table)));
        }
        return findings;
    }

    /** The tables of which a snapshot names every file. */
    static List<Table> versionedTables() {
        return StarSchema.TABLES.stream()
                .filter(table ->
                        table.storage() == Storage.VERSIONED_TABLE || table.storage() == Storage.VERSIONED_PARTITIONS)
                .toList();
    }

    private Finding finding(Table table, List<DataFile> files) throws IOException {
        Set<Path> there = visible(files);
        List<String> faults = new ArrayList<>();
        for (DataFile file : files) {
            if (there.remove(file.path())) {
                faults.addAll(faultOfRows(file));
            } else {
                faults.add("%s is missing (%d rows)".formatted(file.path(), file.rows()));
            }
        }
        there.forEach(file -> faults.add("%s is visible and was not published".formatted(file)));
        return Finding.of(table.name(), "files_as_published", faults, "%d files as published".formatted(files.size()));
    }

    /** What queries see in the directories of published files, also what nobody published, as an INSERT by hand leaves it. */
    Set<Path> visible(List<DataFile> files) throws IOException {
        Set<Path> directories =
                files.stream().map(file -> file.path().getParent()).collect(Collectors.toSet());
        Set<Path> there = new TreeSet<>();
        for (Path directory : directories) {
            Listing.of(warehouse.fs(), directory).stream()
                    .map(status -> status.getPath().getName())
                    .filter(name -> !name.startsWith("_") && !name.startsWith("."))
                    .forEach(name -> there.add(new Path(directory, name)));
        }
        return there;
    }

    private List<String> faultOfRows(DataFile file) {
        try {
            long rows = ParquetRows.rowCount(file.path(), conf);
            return rows == file.rows()
                    ? List.of()
                    : List.of("%s has %d rows of %d".formatted(file.path(), rows, file.rows()));
        } catch (IOException | RuntimeException e) { // Parquet throws a RuntimeException for a file that is none
            return List.of("%s cannot be read (%s)".formatted(file.path(), e.getMessage()));
        }
    }
}
