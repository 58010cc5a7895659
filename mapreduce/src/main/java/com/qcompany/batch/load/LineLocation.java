package com.qcompany.batch.load;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.WritableUtils;

/** Where a record begins: file of the plan and byte offset. Reused by the record reader. */
final class LineLocation implements Writable {

    private int file;
    private long offset;
    private boolean truncated;

    /** Sets all of it, reusing this object. */
    LineLocation set(int newFile, long newOffset, boolean newTruncated) {
        file = newFile;
        offset = newOffset;
        truncated = newTruncated;
        return this;
    }

    int file() {
        return file;
    }

    long offset() {
        return offset;
    }

    /** Whether the record is the beginning of one that is longer than allowed. */
    boolean truncated() {
        return truncated;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        WritableUtils.writeVInt(out, file);
        WritableUtils.writeVLong(out, offset);
        out.writeBoolean(truncated);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        file = WritableUtils.readVInt(in);
        offset = WritableUtils.readVLong(in);
        truncated = in.readBoolean();
    }
}
