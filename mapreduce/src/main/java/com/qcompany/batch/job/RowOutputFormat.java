package com.qcompany.batch.job;

import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * Writes rows to Parquet files, {@code out/TABLE[/column=value]/part-r-N-M.parquet}: key the values of the partition joined
 * with {@code /}, value the row. A task may write several tables at once, of each a few partitions.
 */
public final class RowOutputFormat extends FileOutputFormat<Text, Row> {
    @Override
    public RecordWriter<Text, Row> getRecordWriter(TaskAttemptContext context) throws IOException {
        return new Writer(((PathOutputCommitter) getOutputCommitter(context)).getWorkPath(), context);
    }

    private static final class Writer extends RecordWriter<Text, Row> {
        /** Open files of a table; a partition that comes again after its file was closed gets another. */
        private static final int MAX_OPEN = 8;

        private final Path directory;
        private final TaskAttemptContext task;
        private final Map<Table, Map<Text, ParquetWriter<Row>>> open = new IdentityHashMap<>();
        private int files;

        Writer(Path directory, TaskAttemptContext task) {
            this.directory = directory;
            this.task = task;
        }

        @Override
        public void write(Text partition, Row row) throws IOException {
            Map<Text, ParquetWriter<Row>> ofTable = open.computeIfAbsent(row.table(), any -> new LinkedHashMap<>());
            ParquetWriter<Row> writer = ofTable.get(partition);
            if (writer == null) {
                if (ofTable.size() == MAX_OPEN) {
                    Iterator<ParquetWriter<Row>> eldest = ofTable.values().iterator();
                    eldest.next().close();
                    eldest.remove();
                }
                writer = open(row.table(), partition);
                ofTable.put(new Text(partition), writer);
            }
            writer.write(row);
        }

        private ParquetWriter<Row> open(Table table, Text partition) throws IOException {
            Path parent = new Path(directory, table.name());
            if (!table.partitionColumns().isEmpty()) {
                parent = new Path(
                        parent,
                        table.partitionDirectory(List.of(partition.toString().split("/"))));
            }
            String name = getUniqueFile(task, "part", "-%05d.parquet".formatted(files++));
            return ParquetRows.writer(table, new Path(parent, name), task.getConfiguration());
        }

        @Override
        public void close(TaskAttemptContext context) throws IOException {
            for (Map<Text, ParquetWriter<Row>> ofTable : open.values()) {
                for (ParquetWriter<Row> writer : ofTable.values()) {
                    writer.close();
                }
            }
        }
    }
}
