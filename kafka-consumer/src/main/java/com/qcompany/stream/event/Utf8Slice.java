package com.qcompany.stream.event;

import java.nio.charset.StandardCharsets;
import org.apache.parquet.io.api.Binary;

/** A text as a part of an array of UTF-8 bytes, or no text. Mutable; the bytes belong to whoever set them. */
final class Utf8Slice {

    private static final byte[] NONE = new byte[0];
    private static final int NULL = -1;

    private byte[] bytes = NONE;
    private int from;
    private int length = NULL;

    void set(byte[] array, int start, int size) {
        bytes = array;
        from = start;
        length = size;
    }

    /** Makes it no text and forgets the bytes. */
    void clear() {
        bytes = NONE;
        length = NULL;
    }

    boolean isNull() {
        return length == NULL;
    }

    /** The text for a column writer, valid until this slice or its bytes change. */
    Binary toBinary() {
        return Binary.fromReusedByteArray(bytes, from, length);
    }

    /** The time it says, see {@link EventTimes#read}. */
    long readTime(EventTimes times) {
        return times.read(bytes, from, from + length);
    }

    @Override
    public String toString() {
        return isNull() ? "null" : new String(bytes, from, length, StandardCharsets.UTF_8);
    }
}
