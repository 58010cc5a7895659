package com.qcompany.batch.compact;

import com.qcompany.batch.compact.CompactionPlan.PartitionFiles;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/** One record a partition: its place in the {@link CompactionPlan}. Small partitions share a split. */
public final class CompactionInputFormat extends InputFormat<IntWritable, NullWritable> {

    private static final long SPLIT_COST_BYTES = 256L << 20;

    @Override
    public List<InputSplit> getSplits(JobContext context) throws IOException {
        List<Long> costs = CompactionPlan.readFrom(context.getConfiguration()).partitions().stream()
                .map(PartitionFiles::cost)
                .toList();
        return List.copyOf(BalancedSplits.of(costs, SPLIT_COST_BYTES));
    }

    @Override
    public RecordReader<IntWritable, NullWritable> createRecordReader(InputSplit split, TaskAttemptContext context) {
        return new PlacesReader(((CompactionSplit) split).partitions());
    }

    private static final class PlacesReader extends RecordReader<IntWritable, NullWritable> {

        private final int[] places;
        private final IntWritable place = new IntWritable();
        private int read;

        PlacesReader(int[] places) {
            this.places = places;
        }

        @Override
        public void initialize(InputSplit split, TaskAttemptContext context) {}

        @Override
        public boolean nextKeyValue() {
            if (read == places.length) {
                return false;
            }
            place.set(places[read]);
            read++;
            return true;
        }

        @Override
        public IntWritable getCurrentKey() {
            return place;
        }

        @Override
        public NullWritable getCurrentValue() {
            return NullWritable.get();
        }

        @Override
        public float getProgress() {
            return places.length == 0 ? 1 : (float) read / places.length;
        }

        @Override
        public void close() {}
    }
}
