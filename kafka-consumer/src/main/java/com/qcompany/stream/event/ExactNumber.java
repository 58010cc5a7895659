package com.qcompany.stream.event;

import java.math.BigDecimal;

/** Reads numbers as the unscaled value of a decimal, exactly: a number that would be rounded does not fit. */
final class ExactNumber {

    /** What is returned for a number that does not fit. */
    static final long DOES_NOT_FIT = Long.MIN_VALUE;

    private ExactNumber() {}

    /**
     * The number times ten to the scale, or {@link #DOES_NOT_FIT}.
     *
     * @param text a number as JSON has it
     * @param precision largest number of digits, up to {@link com.qcompany.warehouse.schema.ColumnType#MAX_PRECISION}
     * @param scale digits after the point
     */
    static long unscaled(String text, int precision, int scale) {
        try {
            long unscaled = new BigDecimal(text).scaleByPowerOfTen(scale).longValueExact();
            return BigDecimal.valueOf(unscaled).precision() <= precision ? unscaled : DOES_NOT_FIT;
        } catch (ArithmeticException | NumberFormatException e) { // as well of an exponent that no scale can be
            return DOES_NOT_FIT;
        }
    }
}
