package com.qcompany.batch.load;

import com.qcompany.batch.feed.CsvRecordReader;
import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.command.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.input.CombineFileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.CombineFileRecordReader;
import org.apache.hadoop.mapreduce.lib.input.CombineFileSplit;

/**
 * The CSV records of the plan's new files, headers left out. Small files share a split; a large one is split anywhere,
 * unless one of its records spans lines.
 */
final class CsvInputFormat extends CombineFileInputFormat<Line, RecordText> {
    private static final long SPLIT_BYTES = 32L << 20;

    /** Files that are read by one task each. */
    private final Set<Path> whole = new HashSet<>();

    CsvInputFormat() {
        setMaxSplitSize(SPLIT_BYTES);
    }

    /** The files of the plan: input paths would be taken for patterns, and a file may have any name. */
    @Override
    protected List<FileStatus> listStatus(JobContext job) throws IOException {
        Configuration conf = job.getConfiguration();
        List<FileStatus> files = new ArrayList<>();
        for (PlannedFile file : RowJob.planned(conf, LoadPlan.class).files()) {
            if (file.isRead()) {
                FileStatus status = file.path().getFileSystem(conf).getFileStatus(file.path());
                files.add(status);
                if (file.record().quotedLineBreaks()) {
                    whole.add(status.getPath());
                }
            }
        }
        return files;
    }

    @Override
    protected boolean isSplitable(JobContext context, Path path) {
        return !whole.contains(path);
    }

    @Override
    public RecordReader<Line, RecordText> createRecordReader(InputSplit split, TaskAttemptContext context)
            throws IOException {
        return new CombineFileRecordReader<>((CombineFileSplit) split, context, FileRecords.class);
    }

    /** The records of a file, or of a part of one. */
    static final class FileRecords extends RecordReader<Line, RecordText> {
        private final Path file;
        private final long start;
        private final CsvRecordReader records;

        /** By this signature Hadoop makes one for each file. */
        FileRecords(CombineFileSplit split, TaskAttemptContext context, Integer index) throws IOException {
            this.file = split.getPath(index);
            this.start = split.getOffset(index);
            Configuration conf = context.getConfiguration();
            FileSystem fs = file.getFileSystem(conf);
            boolean whole = start == 0
                    && split.getLength(index) >= fs.getFileStatus(file).getLen();
            FSDataInputStream in = fs.open(file);
            in.seek(start);
            this.records = new CsvRecordReader(
                    in, start, start + split.getLength(index), whole, Settings.LOAD_MAX_RECORD_BYTES.get(conf));
            if (start == 0) {
                records.next();
            }
        }

        @Override
        public void initialize(InputSplit split, TaskAttemptContext context) {}

        @Override
        public boolean nextKeyValue() throws IOException {
            return records.next();
        }

        @Override
        public Line getCurrentKey() {
            return new Line(file, records.offset(), start, records.line(), records.truncated());
        }

        @Override
        public RecordText getCurrentValue() {
            return records.text();
        }

        /** Unknown within a file: splits are small. */
        @Override
        public float getProgress() {
            return 0;
        }

        @Override
        public void close() throws IOException {
            records.close();
        }
    }
}
