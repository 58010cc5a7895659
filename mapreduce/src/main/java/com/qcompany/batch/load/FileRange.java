package com.qcompany.batch.load;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.WritableUtils;

/**
 * A part of a file of the plan.
 *
 * @param file index of the file in the plan
 * @param start first byte
 * @param end behind the last byte
 */
record FileRange(int file, long start, long end) {

    long length() {
        return end - start;
    }

    void write(DataOutput out) throws IOException {
        WritableUtils.writeVInt(out, file);
        WritableUtils.writeVLong(out, start);
        WritableUtils.writeVLong(out, end);
    }

    static FileRange read(DataInput in) throws IOException {
        return new FileRange(WritableUtils.readVInt(in), WritableUtils.readVLong(in), WritableUtils.readVLong(in));
    }
}
