package com.qcompany.balance;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.input.CombineFileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.CombineFileRecordReader;
import org.apache.hadoop.mapreduce.lib.input.CombineFileRecordReaderWrapper;
import org.apache.hadoop.mapreduce.lib.input.CombineFileSplit;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.parquet.hadoop.example.ExampleInputFormat;

/** Lines of raw files and rows of Parquet files, many small ones in a split. A raw file is read by one task. */
final class BalanceInput extends CombineFileInputFormat<Object, Object> {
    /** The value that stands for the rest of a Parquet file that cannot be read. */
    static final Object DAMAGED = new Object();

    private static final long SPLIT_BYTES = 64L << 20;

    BalanceInput() {
        setMaxSplitSize(SPLIT_BYTES);
    }

    @Override
    protected boolean isSplitable(JobContext context, Path file) {
        return isParquet(file);
    }

    @Override
    public RecordReader<Object, Object> createRecordReader(InputSplit split, TaskAttemptContext context)
            throws IOException {
        return new CombineFileRecordReader<>((CombineFileSplit) split, context, OneFile.class);
    }

    private static boolean isParquet(Path file) {
        return file.getName().endsWith(".parquet");
    }

    /** The reader of one file of a split. */
    static final class OneFile extends CombineFileRecordReaderWrapper<Object, Object> {
        private boolean damaged;
        private boolean told;

        /** By this signature Hadoop makes one for each file. */
        @SuppressWarnings("unchecked")
        OneFile(CombineFileSplit split, TaskAttemptContext context, Integer index)
                throws IOException, InterruptedException {
            super(
                    (FileInputFormat<Object, Object>) (FileInputFormat<?, ?>)
                            (isParquet(split.getPath(index)) ? new ExampleInputFormat() : new TextInputFormat()),
                    split,
                    context,
                    index);
        }

        @Override
        public void initialize(InputSplit split, TaskAttemptContext context) throws IOException, InterruptedException {
            try {
                super.initialize(split, context);
            } catch (
                    RuntimeException e) { // what Parquet throws for a damaged file: a difference, no failure of the job
                damaged = true;
            }
        }

        @Override
        public boolean nextKeyValue() throws IOException, InterruptedException {
            if (!damaged) {
                try {
                    return super.nextKeyValue();
                } catch (RuntimeException e) { // the same
                    damaged = true;
                }
            }
            boolean first = !told;
            told = true;
            return first;
        }

        /** A line, a row, or {@link #DAMAGED} in place of the rest of a file. */
        @Override
        public Object getCurrentValue() throws IOException, InterruptedException {
            return damaged ? DAMAGED : super.getCurrentValue();
        }
    }
}
