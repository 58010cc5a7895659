package com.qcompany.batch.job;

import com.qcompany.batch.feed.Contracts;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.parquet.RowCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.io.Writable;
import org.jspecify.annotations.Nullable;

/**
 * A row of one of the {@link JobTables} in the shuffle. Reused by the framework, which configures it:
 * keep the row, not this.
 */
public final class RowWritable extends Configured implements Writable {
    private @Nullable Row row;
    private JobTables tables = new JobTables(List.of());

    /** One without records of feeds, until it is configured. */
    public RowWritable() {}

    /** One for records of feeds too. */
    public RowWritable(JobTables tables) {
        this.tables = tables;
    }

    @Override
    public void setConf(@Nullable Configuration conf) {
        super.setConf(conf);
        if (conf != null) {
            tables = JobTables.of(Contracts.shipped(conf));
        }
    }

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
        out.writeByte(tables.place(row().table()));
        RowCodec.write(row(), out);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        row = RowCodec.read(tables.at(in.readByte()), in);
    }
}
