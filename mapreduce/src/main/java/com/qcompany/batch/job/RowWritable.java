package com.qcompany.batch.job;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.parquet.RowCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.io.Writable;
import org.jspecify.annotations.Nullable;

/** A row of one of the {@link JobTables} in the shuffle. Reused by the framework: keep the row, not this. */
public final class RowWritable implements Writable {
    private @Nullable Row row;

    /** Sets the row, reusing this object. */
    public RowWritable set(Row newRow) {
        row = newRow;
        return this;
    }

    /** The row; a new object for every value that is read. */
    public Row row() {
        return Objects.requireNonNull(row, "a row is set or read before it is used");
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeByte(JobTables.ordinal(row().table()));
        RowCodec.write(row(), out);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        row = RowCodec.read(JobTables.table(in.readByte()), in);
    }
}
