package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.parquet.hadoop.ParquetWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows that come ordered by table and partition: one open file at a time, and at the end an index of the files,
 * itself rows.
 */
final class StagedRowWriter extends RecordWriter<String, Row> {

    private final Path directory;
    private final String name;
    private final Configuration conf;
    private final List<Row> index = new ArrayList<>();

    private @Nullable OpenFile open;

    /** The file being written. */
    private static final class OpenFile {

        private final Table table;
        private final String partition;
        private final String path;
        private final ParquetWriter<Row> writer;
        private long rows;

        OpenFile(Table table, String partition, String path, ParquetWriter<Row> writer) {
            this.table = table;
            this.partition = partition;
            this.path = path;
            this.writer = writer;
        }
    }

    /**
     * @param directory where the files go
     * @param name the directory's name once the job is committed
     */
    StagedRowWriter(Path directory, String name, Configuration conf) {
        this.directory = directory;
        this.name = name;
        this.conf = conf;
    }

    @Override
    public void write(String partition, Row row) throws IOException {
        OpenFile file = open;
        if (file == null || file.table != row.table() || !file.partition.equals(partition)) {
            file = roll(row.table(), partition);
        }
        file.writer.write(row);
        file.rows++;
    }

    @Override
    public void close(TaskAttemptContext context) throws IOException {
        closeFile();
        for (Row file : List.copyOf(index)) {
            write("", file);
        }
        closeFile();
    }

    private OpenFile roll(Table table, String partition) throws IOException {
        closeFile();
        String file = table.name() + "/" + (partition.isEmpty() ? "all" : partition) + "-" + index.size() + ".parquet";
        ParquetWriter<Row> writer = ParquetRows.writer(table, new Path(directory, file), conf);
        OpenFile opened = new OpenFile(table, partition, name + "/" + file, writer);
        open = opened;
        return opened;
    }

    private void closeFile() throws IOException {
        OpenFile file = open;
        if (file != null) {
            open = null;
            file.writer.close();
            index.add(new Row(LoadTables.STAGED_FILES)
                    .set("table_name", file.table.name())
                    .set("partition_value", file.partition)
                    .set("path", file.path)
                    .set("rows", file.rows));
        }
    }
}
