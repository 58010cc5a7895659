package com.qcompany.warehouse.parquet;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array that values are appended to in few bytes, reused from one record to the next. Streams lock or check
 * at every byte; the whole record goes to one by one write. Not thread-safe.
 */
public final class PackedOutput {

    private byte[] bytes = new byte[256];
    private int length;

    /** Forgets what was appended. */
    public PackedOutput clear() {
        length = 0;
        return this;
    }

    /** Bytes appended. */
    public int length() {
        return length;
    }

    /** Appends one byte. */
    public void writeByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    /** Appends a number in 1 to 10 bytes, the fewer the nearer it is to 0. */
    public void writeNumber(long value) {
        reserve(10);
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** Appends 64 bits in 8 bytes. */
    public void writeLong(long value) {
        reserve(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    /** Appends a text with its length. */
    public void writeText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeNumber(utf8.length);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    /** Appends a text that is UTF-8 already, with its length. */
    void writeText(ByteBuffer utf8) {
        int count = utf8.remaining();
        writeNumber(count);
        reserve(count);
        utf8.get(bytes, length, count);
        length += count;
    }

    /** Appends a part of what another one has. */
    public void write(PackedOutput other, int start, int end) {
        write(other.bytes, start, end);
    }

    /** Appends what is left of values that were read. */
    public void write(PackedInput rest) {
        rest.copyTo(this);
    }

    void write(byte[] source, int start, int end) {
        reserve(end - start);
        System.arraycopy(source, start, bytes, length, end - start);
        length += end - start;
    }

    /** A copy of a part, to be taken. */
    public PackedInput part(int start, int end) {
        return new PackedInput(Arrays.copyOfRange(bytes, start, end));
    }

    /** Writes all of it to a stream, from which {@link PackedInput#read} takes it. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(length);
        out.write(bytes, 0, length);
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }
}
