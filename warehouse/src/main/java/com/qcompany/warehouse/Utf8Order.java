package com.qcompany.warehouse;

import java.util.Comparator;

/** Orders texts as their UTF-8 bytes compare, unsigned: the order of keys in the shuffle and in sorted files. */
public final class Utf8Order {

    /** The order as a comparator. */
    public static final Comparator<String> COMPARATOR = Utf8Order::compare;

    private Utf8Order() {}

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
