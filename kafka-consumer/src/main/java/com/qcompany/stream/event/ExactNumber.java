package com.qcompany.stream.event;

import com.qcompany.warehouse.schema.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Reads JSON numbers into the unscaled value of a decimal, exactly: a number that would be rounded does not fit. */
final class ExactNumber {

    /** What is returned for a number that does not fit. */
    static final long DOES_NOT_FIT = Long.MIN_VALUE;

    private static final int MOST_PLAIN_DIGITS = 18;

    private ExactNumber() {}

    /**
     * Reads a number.
     *
     * @param text a JSON number from {@code from} to {@code to}
     * @param precision most digits, up to {@link ColumnType#MAX_PRECISION}
     * @param scale digits after the point
     * @return the number times ten to the scale, or {@link #DOES_NOT_FIT}
     */
    static long read(byte[] text, int from, int to, int precision, int scale) {
        boolean negative = text[from] == '-';
        long unscaled = 0;
        int digits = 0;
        int decimals = -1;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit >= 0 && digit <= 9) {
                unscaled = unscaled * 10 + digit;
                digits++;
                decimals += decimals < 0 ? 0 : 1;
            } else if (text[i] == '.') {
                decimals = 0;
            } else {
                return readAny(text, from, to, precision, scale);
            }
        }
        int missing = scale - Math.max(decimals, 0);
        if (missing < 0 || digits + missing > Math.min(precision, MOST_PLAIN_DIGITS)) {
            return readAny(text, from, to, precision, scale);
        }
        for (int i = 0; i < missing; i++) {
            unscaled *= 10;
        }
        return negative ? -unscaled : unscaled;
    }

    /** Also those with an exponent or with zeros that do not count. */
    private static long readAny(byte[] text, int from, int to, int precision, int scale) {
        try {
            BigDecimal number =
                    new BigDecimal(new String(text, from, to - from, StandardCharsets.US_ASCII)).stripTrailingZeros();
            long integerDigits = (long) number.precision() - number.scale();
            if (number.signum() == 0) {
                return 0;
            }
            boolean fits = number.scale() <= scale && integerDigits <= precision - scale;
            return fits ? number.setScale(scale).unscaledValue().longValueExact() : DOES_NOT_FIT;
        } catch (NumberFormatException e) {
            return DOES_NOT_FIT;
        }
    }
}
