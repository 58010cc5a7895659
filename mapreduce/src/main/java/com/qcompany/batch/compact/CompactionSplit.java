package com.qcompany.batch.compact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputSplit;

/** Some partitions of a {@link CompactionPlan}, by their places in it. */
public final class CompactionSplit extends InputSplit implements Writable {

    private int[] partitions;
    private long length;

    /** For Hadoop, which fills it by {@link #readFields}. */
    public CompactionSplit() {
        this(new int[0], 0);
    }

    CompactionSplit(int[] partitions, long length) {
        this.partitions = partitions.clone();
        this.length = length;
    }

    int[] partitions() {
        return partitions.clone();
    }

    @Override
    public long getLength() {
        return length;
    }

    /** None: the files of a split lie on many hosts. */
    @Override
    public String[] getLocations() {
        return new String[0];
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(length);
        out.writeInt(partitions.length);
        for (int partition : partitions) {
            out.writeInt(partition);
        }
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        length = in.readLong();
        partitions = new int[in.readInt()];
        for (int i = 0; i < partitions.length; i++) {
            partitions[i] = in.readInt();
        }
    }
}
