package com.qcompany.batch.feed;

import org.jspecify.annotations.Nullable;

/** Decimal digits with an optional sign, as {@link Integer} or {@link Long}. */
final class WholeNumberParser implements ValueParser {

    private final boolean big;

    WholeNumberParser(boolean big) {
        this.big = big;
    }

    @Override
    public @Nullable Object parse(String text, int from, int to) {
        char sign = text.charAt(from);
        int first = sign == '-' || sign == '+' ? from + 1 : from;
        if (first == to) {
            return null;
        }
        long limit = big ? Long.MIN_VALUE : Integer.MIN_VALUE;
        long negative = 0;
        for (int i = first; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || negative < limit / 10 || negative * 10 < limit + digit) {
                return null;
            }
            negative = negative * 10 - digit;
        }
        if (sign != '-' && negative == limit) {
            return null;
        }
        long value = sign == '-' ? negative : -negative;
        if (big) {
            return value;
        }
        return (int) value;
    }

    @Override
    public String expected() {
        return big ? "a whole number of 64 bits" : "a whole number of 32 bits";
    }
}
