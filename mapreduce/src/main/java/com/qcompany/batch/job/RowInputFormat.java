package com.qcompany.batch.job;

import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.input.CombineFileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.CombineFileRecordReader;
import org.apache.hadoop.mapreduce.lib.input.CombineFileSplit;
import org.apache.parquet.hadoop.ParquetReader;
import org.jspecify.annotations.Nullable;

/**
 * Rows of Parquet files of {@link JobTables}: key the values of the file's partition joined with {@code /}, value the row.
 * Many small files share a split, and a large one is split between row groups.
 */
public final class RowInputFormat extends CombineFileInputFormat<Text, Row> {
    private static final long SPLIT_BYTES = 8L << 20;

    public RowInputFormat() {
        setMaxSplitSize(SPLIT_BYTES);
    }

    @Override
    public RecordReader<Text, Row> createRecordReader(InputSplit split, TaskAttemptContext context) throws IOException {
        return new CombineFileRecordReader<>((CombineFileSplit) split, context, FileRows.class);
    }

    /** The rows of one file of a split. */
    static final class FileRows extends RecordReader<Text, Row> {
        private final Text partition;
        private final ParquetReader<Row> reader;
        private @Nullable Row row;

        /** By this signature Hadoop makes one for each file. */
        FileRows(CombineFileSplit split, TaskAttemptContext context, Integer index) throws IOException {
            Partition file = JobTables.partition(split.getPath(index));
            long start = split.getOffset(index);
            this.partition = new Text(String.join("/", file.values()));
            this.reader = ParquetRows.reader(
                    file.table(),
                    split.getPath(index),
                    context.getConfiguration(),
                    start,
                    start + split.getLength(index));
        }

        @Override
        public void initialize(InputSplit split, TaskAttemptContext context) {}

        @Override
        public boolean nextKeyValue() throws IOException {
            row = reader.read();
            return row != null;
        }

        @Override
        public Text getCurrentKey() {
            return partition;
        }

        @Override
        public Row getCurrentValue() {
            return Objects.requireNonNull(row, "nextKeyValue comes first");
        }

        /** Unknown within a file: splits are small. */
        @Override
        public float getProgress() {
            return 0;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
