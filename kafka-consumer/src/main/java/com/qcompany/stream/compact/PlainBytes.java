package com.qcompany.stream.compact;

import java.util.Arrays;

/** Values one after the other in the plain encoding, which grow. */
final class PlainBytes {

    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private byte[] bytes = {};
    private int size;

    /** Adds values; returns where they begin. */
    int add(byte[] source, int at, int length) {
        int start = size;
        int end = Math.addExact(start, length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(LONGEST_ARRAY, Math.max(end, 2L * bytes.length)));
        }
        if (length == Long.BYTES) {
            PlainType.copyLong(source, at, bytes, start);
        } else {
            System.arraycopy(source, at, bytes, start, length);
        }
        size = end;
        return start;
    }

    /** Where the values lie, and room for more. */
    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** The values and nothing else. */
    byte[] toArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
