package com.qcompany.batch.load;

import com.qcompany.batch.compact.StagedMerge;
import com.qcompany.batch.publish.StagedFile;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;

/**
 * What a finished job left in its output directory.
 *
 * @param files files to publish
 * @param tallies what became of every file's lines
 */
record StagedLoad(List<StagedFile> files, FileTallies tallies) {

    StagedLoad {
        files = List.copyOf(files);
    }

    /** Reads the index of files and the tallies that every reduce task wrote. */
    static StagedLoad read(Configuration conf, Path output) throws IOException {
        FileSystem fs = output.getFileSystem(conf);
        List<StagedFile> files = new ArrayList<>();
        FileTallies tallies = new FileTallies();
        for (FileStatus task : fs.listStatus(output, path -> path.getName().startsWith("r-"))) {
            for (Row file : rows(conf, fs, task.getPath(), LoadTables.STAGED_FILES)) {
                String table = file.text("table_name");
                if (!table.equals(LoadTables.FILE_TALLIES.name())) {
                    files.add(stagedFile(StarSchema.table(table), file, output));
                }
            }
            for (Row tally : rows(conf, fs, task.getPath(), LoadTables.FILE_TALLIES)) {
                tallies.of(FileTally.fileOf(tally)).add(FileTally.of(tally));
            }
        }
        return new StagedLoad(files, tallies);
    }

    /** The same with the keys of a year in one file, whichever tasks wrote them, where they are few. */
    StagedLoad mergingKeys(StagedMerge merge) throws IOException {
        return new StagedLoad(merge.merge(StarSchema.TRANSACTION_KEYS, files), tallies);
    }

    /** Rows in the staged files of a table. */
    long rowsOf(Table table) {
        return files.stream()
                .filter(file -> file.table().equals(table))
                .mapToLong(StagedFile::rows)
                .sum();
    }

    private static StagedFile stagedFile(Table table, Row file, Path output) {
        String partition = file.text("partition_value");
        return new StagedFile(
                table,
                table.partitionColumns().isEmpty() ? List.of() : List.of(partition),
                new Path(output, file.text("path")),
                file.require("rows", Long.class));
    }

    private static List<Row> rows(Configuration conf, FileSystem fs, Path task, Table table) throws IOException {
        Path directory = new Path(task, table.name());
        List<Row> rows = new ArrayList<>();
        if (fs.exists(directory)) {
            for (FileStatus file : fs.listStatus(directory)) {
                try (ParquetReader<Row> reader = ParquetRows.reader(table, file.getPath(), conf)) {
                    for (Row row = reader.read(); row != null; row = reader.read()) {
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }
}
