package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.Row;
import java.io.IOException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.OutputFormat;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;

/**
 * Writes rows to staged Parquet files: key the partition's value, value the row. All files of a task lie in one
 * directory, so that committing a job is one rename a task however many dates it wrote.
 *
 * <p>Not a {@link FileOutputFormat}: for those, the framework sums up the file system's statistics at every record.
 */
public final class StagingOutputFormat extends OutputFormat<String, Row> {

    @Override
    public RecordWriter<String, Row> getRecordWriter(TaskAttemptContext context) throws IOException {
        String task = "r-%05d".formatted(context.getTaskAttemptID().getTaskID().getId());
        Path work = getOutputCommitter(context).getWorkPath();
        return new StagedRowWriter(new Path(work, task), task, context.getConfiguration());
    }

    @Override
    public void checkOutputSpecs(JobContext context) throws IOException {
        Path output = FileOutputFormat.getOutputPath(context);
        if (output.getFileSystem(context.getConfiguration()).exists(output)) {
            throw new FileAlreadyExistsException(
                    "Cannot write to %s: it exists (every run has an output of its own)".formatted(output));
        }
    }

    @Override
    public FileOutputCommitter getOutputCommitter(TaskAttemptContext context) throws IOException {
        return new FileOutputCommitter(FileOutputFormat.getOutputPath(context), context);
    }
}
