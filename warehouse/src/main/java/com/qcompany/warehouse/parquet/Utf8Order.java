package com.qcompany.warehouse.parquet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** Orders texts as their UTF-8 bytes compare, unsigned: the order of keys in the shuffle and in sorted files. */
public final class Utf8Order {

    /** The order as a comparator. */
    public static final Comparator<String> COMPARATOR = Utf8Order::compare;

    private Utf8Order() {}

    /**
     * The first eight bytes of a text as an unsigned number, zeros behind the end: where those of two texts differ, the
     * texts compare as they do.
     */
    public static long prefix(String text) {
        long prefix = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            char next = i < text.length() ? text.charAt(i) : 0;
            if (next > 127) {
                return ByteBuffer.wrap(Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), Long.BYTES))
                        .getLong();
            }
            prefix = prefix << 8 | next;
        }
        return prefix;
    }

    /** Compares two texts; only surrogates sort elsewhere than in {@link String#compareTo}. */
    public static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogate = Character.isSurrogate(a);
                return surrogate == Character.isSurrogate(b) ? Character.compare(a, b) : surrogate ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
