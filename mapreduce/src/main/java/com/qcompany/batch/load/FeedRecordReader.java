package com.qcompany.batch.load;

import com.qcompany.batch.feed.CsvRecordReader;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.command.Settings;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.jspecify.annotations.Nullable;

/** Reads the ranges of a split one after the other; the record at a file's beginning is its header and left out. */
final class FeedRecordReader extends RecordReader<LineLocation, BytesWritable> {

    private final LineLocation key = new LineLocation();
    private final BytesWritable value = new BytesWritable();
    private Configuration conf = new Configuration(false);
    private List<PlannedFile> files = List.of();
    private List<FileRange> ranges = List.of();
    private int next;
    private long bytesDone;
    private long bytesTotal = 1;
    private @Nullable CsvRecordReader records;

    @Override
    public void initialize(InputSplit split, TaskAttemptContext context) throws IOException, InterruptedException {
        conf = context.getConfiguration();
        files = LoadPlan.of(conf).files();
        ranges = ((FeedSplit) split).ranges();
        bytesTotal = Math.max(1, split.getLength());
    }

    @Override
    public boolean nextKeyValue() throws IOException {
        while (true) {
            if (records != null && records.next()) {
                key.set(ranges.get(next - 1).file(), records.offset(), records.truncated());
                value.set(records.buffer(), records.start(), records.length());
                return true;
            }
            if (!openNext()) {
                return false;
            }
        }
    }

    private boolean openNext() throws IOException {
        close();
        if (next > 0) {
            bytesDone += ranges.get(next - 1).length();
        }
        if (next == ranges.size()) {
            return false;
        }
        FileRange range = ranges.get(next++);
        PlannedFile file = files.get(range.file());
        FSDataInputStream in = file.path().getFileSystem(conf).open(file.path());
        in.seek(range.start());
        CsvRecordReader opened = new CsvRecordReader(
                in,
                range.start(),
                range.end(),
                file.record().quotedLineBreaks(),
                Settings.LOAD_MAX_RECORD_BYTES.get(conf));
        records = opened;
        if (range.start() == 0) {
            opened.next();
        }
        return true;
    }

    @Override
    public LineLocation getCurrentKey() {
        return key;
    }

    @Override
    public BytesWritable getCurrentValue() {
        return value;
    }

    @Override
    public float getProgress() {
        long inFile = records == null ? 0 : key.offset() - ranges.get(next - 1).start();
        return Math.min(1f, (bytesDone + inFile) / (float) bytesTotal);
    }

    @Override
    public void close() throws IOException {
        if (records != null) {
            records.close();
            records = null;
        }
    }
}
