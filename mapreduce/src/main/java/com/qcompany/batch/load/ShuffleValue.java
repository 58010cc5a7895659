package com.qcompany.batch.load;

import com.qcompany.warehouse.PackedInput;
import com.qcompany.warehouse.PackedOutput;
import com.qcompany.warehouse.Row;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.io.Writable;
import org.jspecify.annotations.Nullable;

/** A row in the shuffle, with the line it comes from. Reused by the framework: take the row, do not keep the value. */
final class ShuffleValue implements Writable {

    private int file;
    private long offset;
    private long digest;
    private final PackedOutput packed = new PackedOutput();
    private @Nullable Row row;

    /** Sets all of it, reusing this object. */
    ShuffleValue set(int newFile, long newOffset, long newDigest, Row newRow) {
        file = newFile;
        offset = newOffset;
        digest = newDigest;
        row = newRow;
        return this;
    }

    /** Sets a row that needs no digest. */
    ShuffleValue set(int newFile, long newOffset, Row newRow) {
        return set(newFile, newOffset, 0, newRow);
    }

    /** Index of the file in the plan; 0 for known versions, which come from none. */
    int file() {
        return file;
    }

    /** Where the line begins in the file, in bytes. */
    long offset() {
        return offset;
    }

    /** Digest of a sale's values; 0 for other rows. */
    long digest() {
        return digest;
    }

    /** The row; a new object for every value read. */
    Row row() {
        return Objects.requireNonNull(row, "a value is set or read before it is used");
    }

    @Override
    public void write(DataOutput out) throws IOException {
        int table = LoadTables.ordinal(row().table());
        packed.clear();
        packed.writeByte(table);
        packed.writeNumber(file);
        packed.writeNumber(offset);
        packed.writeLong(digest);
        LoadTables.codec(table).write(row(), packed);
        packed.writeTo(out);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        PackedInput read = PackedInput.read(in);
        int table = read.readByte();
        file = (int) read.readNumber();
        offset = read.readNumber();
        digest = read.readLong();
        row = LoadTables.codec(table).read(read);
    }
}
