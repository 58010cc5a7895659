package com.qcompany.batch.load;

import com.qcompany.batch.load.LoadPlan.PlannedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/**
 * The CSV records of the plan's files, headers left out. Files without quoted line breaks are split anywhere; the
 * others are read by one task each.
 */
final class FeedInputFormat extends InputFormat<LineLocation, BytesWritable> {

    private static final long DEFAULT_SPLIT_BYTES = 128L << 20;

    @Override
    public List<InputSplit> getSplits(JobContext context) throws IOException {
        LoadPlan plan = LoadPlan.of(context.getConfiguration());
        List<PlannedFile> files = plan.files();
        long splitBytes = context.getConfiguration().getLong(FileInputFormat.SPLIT_MAXSIZE, DEFAULT_SPLIT_BYTES);
        List<InputSplit> splits = new ArrayList<>();
        for (List<FileRange> ranges : FeedSplit.pack(files, splitBytes)) {
            splits.add(new FeedSplit(ranges, hosts(context, files, ranges)));
        }
        return splits;
    }

    @Override
    public RecordReader<LineLocation, BytesWritable> createRecordReader(InputSplit split, TaskAttemptContext context) {
        return new FeedRecordReader();
    }

    /** Locality matters for a part of a large file; the hosts of many small files are everywhere. */
    private static String[] hosts(JobContext context, List<PlannedFile> files, List<FileRange> ranges)
            throws IOException {
        if (ranges.size() > 1) {
            return new String[0];
        }
        FileRange range = ranges.get(0);
        PlannedFile file = files.get(range.file());
        FileSystem fs = file.path().getFileSystem(context.getConfiguration());
        BlockLocation[] blocks = fs.getFileBlockLocations(file.path(), range.start(), range.length());
        return blocks.length == 0 ? new String[0] : blocks[0].getHosts();
    }
}
