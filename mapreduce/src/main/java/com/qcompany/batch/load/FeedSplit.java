package com.qcompany.batch.load;

import com.qcompany.batch.load.LoadPlan.PlannedFile;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;
import org.apache.hadoop.mapreduce.InputSplit;

/**
 * Input of one map task: many small files, or a part of a large one. An hourly group is far below a block, so that a
 * task a file would spend its time starting.
 */
final class FeedSplit extends InputSplit implements Writable {

    private List<FileRange> ranges;
    private String[] hosts = {};

    /** For the framework, which then reads the fields. */
    FeedSplit() {
        this(List.of(), new String[0]);
    }

    FeedSplit(List<FileRange> ranges, String[] hosts) {
        this.ranges = List.copyOf(ranges);
        this.hosts = hosts.clone();
    }

    /** Where a file is cut, and how small files are put together: in the order of the plan, to about a size. */
    static List<List<FileRange>> pack(List<PlannedFile> files, long splitBytes) {
        List<List<FileRange>> packs = new ArrayList<>();
        List<FileRange> open = new ArrayList<>();
        long openBytes = 0;
        for (PlannedFile file : files) {
            long size = file.record().bytes();
            boolean cut = size > splitBytes && !file.record().quotedLineBreaks();
            for (long start = 0; start < size; start += cut ? splitBytes : size) {
                FileRange range = new FileRange(file.index(), start, cut ? Math.min(size, start + splitBytes) : size);
                if (openBytes > 0 && openBytes + range.length() > splitBytes) {
                    packs.add(open);
                    open = new ArrayList<>();
                    openBytes = 0;
                }
                open.add(range);
                openBytes += range.length();
            }
        }
        if (!open.isEmpty()) {
            packs.add(open);
        }
        return packs;
    }

    List<FileRange> ranges() {
        return ranges;
    }

    @Override
    public long getLength() {
        return ranges.stream().mapToLong(FileRange::length).sum();
    }

    @Override
    public String[] getLocations() {
        return hosts.clone();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        WritableUtils.writeVInt(out, ranges.size());
        for (FileRange range : ranges) {
            range.write(out);
        }
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        int size = WritableUtils.readVInt(in);
        List<FileRange> read = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            read.add(FileRange.read(in));
        }
        ranges = List.copyOf(read);
    }
}
