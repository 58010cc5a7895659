package com.qcompany.batch.compact;

import com.qcompany.batch.compact.CompactionPlan.PartitionFiles;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.lib.output.NullOutputFormat;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;
import org.jspecify.annotations.Nullable;

/**
 * Merges the files of a partition into one file in the attempt's work directory, which only the attempt that commits
 * leaves behind.
 */
public final class CompactionMapper extends Mapper<IntWritable, NullWritable, NullWritable, NullWritable> {

    private @Nullable CompactionPlan plan;

    @Override
    protected void setup(Context context) throws IOException {
        plan = CompactionPlan.readFrom(context.getConfiguration());
    }

    @Override
    protected void map(IntWritable place, NullWritable value, Context context) throws IOException {
        PartitionFiles partition = Objects.requireNonNull(plan).partitions().get(place.get());
        Path work = ((PathOutputCommitter) context.getOutputCommitter()).getWorkPath();
        PartitionMerge.Result result = new PartitionMerge(MergePasses.ofThisHeap(), context.getConfiguration(), context)
                .merge(partition, new Path(work, CompactionPlan.outputName(place.get())));
        context.getCounter(CompactionCounter.PARTITIONS_REWRITTEN).increment(1);
        context.getCounter(CompactionCounter.FILES_MERGED)
                .increment(partition.files().size());
        context.getCounter(CompactionCounter.ROWS_REWRITTEN).increment(result.merged());
        context.getCounter(CompactionCounter.ROWS_KEPT).increment(result.kept());
    }

    /** The job's output: the side files that the mapper writes and its committer moves. */
    public static final class SideFiles extends FileOutputFormat<NullWritable, NullWritable> {

        @Override
        public RecordWriter<NullWritable, NullWritable> getRecordWriter(TaskAttemptContext context) {
            return new NullOutputFormat<NullWritable, NullWritable>().getRecordWriter(context);
        }
    }
}
