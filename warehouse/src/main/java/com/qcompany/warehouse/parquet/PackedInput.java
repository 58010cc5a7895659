package com.qcompany.warehouse.parquet;

import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.io.api.Binary;

/** Values as {@link PackedOutput} appended them, in that order. Not thread-safe. */
public final class PackedInput {

    private final byte[] bytes;
    private int position;

    PackedInput(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes from a stream what was written to it at once. */
    public static PackedInput read(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new PackedInput(bytes);
    }

    /** Bytes that are left. */
    public int remaining() {
        return bytes.length - position;
    }

    /** Whether anything is left. */
    public boolean hasMore() {
        return remaining() > 0;
    }

    /** What is left, to be taken by itself; this one stays where it is. */
    public PackedInput rest() {
        PackedInput rest = new PackedInput(bytes);
        rest.position = position;
        return rest;
    }

    /** Appends what is left to another array. */
    void copyTo(PackedOutput out) {
        out.write(bytes, position, bytes.length);
    }

    /** The next byte. */
    public byte readByte() {
        return bytes[position++];
    }

    /** The next number. */
    public long readNumber() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
    }

    /** The next 64 bits. */
    public long readLong() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | bytes[position++] & 0xFF;
        }
        return value;
    }

    /** The next text. */
    public String readText() {
        int length = (int) readNumber();
        position += length;
        return new String(bytes, position - length, length, StandardCharsets.UTF_8);
    }

    /** The next text, not decoded: a part of this record's bytes. */
    Binary readBinary() {
        int length = (int) readNumber();
        position += length;
        return Binary.fromConstantByteArray(bytes, position - length, length);
    }
}
