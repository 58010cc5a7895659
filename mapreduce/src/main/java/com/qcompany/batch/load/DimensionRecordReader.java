package com.qcompany.batch.load;

import com.qcompany.batch.load.DimensionInputFormat.DimensionFile;
import com.qcompany.warehouse.ParquetRows;
import com.qcompany.warehouse.Row;
import com.qcompany.warehouse.StarSchema;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.parquet.hadoop.ParquetReader;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a split's files one file after the other. */
final class DimensionRecordReader extends RecordReader<NullWritable, Row> {

    private Configuration conf = new Configuration(false);
    private List<DimensionFile> files = List.of();
    private int next;
    private @Nullable ParquetReader<Row> reader;
    private @Nullable Row row;

    @Override
    public void initialize(InputSplit split, TaskAttemptContext context) {
        conf = context.getConfiguration();
        files = ((DimensionInputFormat.Split) split).files();
    }

    @Override
    public boolean nextKeyValue() throws IOException {
        while (true) {
            row = reader == null ? null : reader.read();
            if (row != null) {
                return true;
            }
            close();
            if (next == files.size()) {
                return false;
            }
            DimensionFile file = files.get(next++);
            reader = ParquetRows.reader(StarSchema.table(file.table()), new Path(file.path()), conf);
        }
    }

    @Override
    public NullWritable getCurrentKey() {
        return NullWritable.get();
    }

    @Override
    public Row getCurrentValue() {
        return Objects.requireNonNull(row, "nextKeyValue comes first");
    }

    @Override
    public float getProgress() {
        return files.isEmpty() ? 1 : next / (float) files.size();
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
