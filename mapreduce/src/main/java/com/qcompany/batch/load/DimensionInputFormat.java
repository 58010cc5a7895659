package com.qcompany.batch.load;

import com.qcompany.warehouse.Row;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/** The known versions of all dimensions, as rows; small files share a split. */
final class DimensionInputFormat extends InputFormat<NullWritable, Row> {

    private static final long SPLIT_BYTES = 64L << 20;

    @Override
    public List<InputSplit> getSplits(JobContext context) throws IOException {
        List<InputSplit> splits = new ArrayList<>();
        List<DimensionFile> open = new ArrayList<>();
        long openBytes = 0;
        for (Map.Entry<String, List<String>> dimension :
                LoadPlan.of(context.getConfiguration()).dimensionFiles().entrySet()) {
            for (String file : dimension.getValue()) {
                Path path = new Path(file);
                long bytes = path.getFileSystem(context.getConfiguration())
                        .getFileStatus(path)
                        .getLen();
                if (openBytes > 0 && openBytes + bytes > SPLIT_BYTES) {
                    splits.add(new Split(open, openBytes));
                    open = new ArrayList<>();
                    openBytes = 0;
                }
                open.add(new DimensionFile(dimension.getKey(), file));
                openBytes += bytes;
            }
        }
        if (!open.isEmpty()) {
            splits.add(new Split(open, openBytes));
        }
        return splits;
    }

    @Override
    public RecordReader<NullWritable, Row> createRecordReader(InputSplit split, TaskAttemptContext context) {
        return new DimensionRecordReader();
    }

    /** A file of a dimension's current version. */
    record DimensionFile(String table, String path) {}

    /** Files that one task reads. */
    static final class Split extends InputSplit implements Writable {

        private List<DimensionFile> files;
        private long bytes;

        /** For the framework, which then reads the fields. */
        Split() {
            this(List.of(), 0);
        }

        Split(List<DimensionFile> files, long bytes) {
            this.files = List.copyOf(files);
            this.bytes = bytes;
        }

        List<DimensionFile> files() {
            return files;
        }

        @Override
        public long getLength() {
            return bytes;
        }

        @Override
        public String[] getLocations() {
            return new String[0];
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeLong(bytes);
            WritableUtils.writeVInt(out, files.size());
            for (DimensionFile file : files) {
                out.writeUTF(file.table());
                out.writeUTF(file.path());
            }
        }

        @Override
        public void readFields(DataInput in) throws IOException {
            bytes = in.readLong();
            int size = WritableUtils.readVInt(in);
            List<DimensionFile> read = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                read.add(new DimensionFile(in.readUTF(), in.readUTF()));
            }
            files = List.copyOf(read);
        }
    }
}
