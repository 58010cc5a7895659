package com.qcompany.batch.feed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.apache.commons.jexl3.JexlArithmetic;
import org.jspecify.annotations.Nullable;

/** Arithmetic without rounding and without guessing: whole numbers and decimals only, and true is only what is true. */
public final class ExactArithmetic extends JexlArithmetic {

    private static final int NO_ROUNDING = -1;

    ExactArithmetic() {
        super(true, MathContext.UNLIMITED, NO_ROUNDING);
    }

    /** The exact quotient, of whole numbers too. */
    @Override
    public Object divide(Object left, Object right) {
        return toBigDecimal(left).divide(toBigDecimal(right));
    }

    @Override
    protected BigDecimal toBigDecimal(boolean strict, @Nullable Object value) {
        return toBigDecimal(value);
    }

    @Override
    public BigDecimal toBigDecimal(@Nullable Object value) {
        if (value == null) {
            throw new NullOperand();
        }
        requireExact(value);
        return super.toBigDecimal(value);
    }

    /** No number of ours is a floating-point one; their literals are refused when the expression is compiled. */
    @Override
    protected boolean isFloatingPointNumber(@Nullable Object value) {
        requireExact(value);
        return false;
    }

    /** Keeps decimals as they are: trying to make them whole numbers costs more than the sum itself. */
    @Override
    protected Number narrowBigDecimal(Object left, Object right, BigDecimal number) {
        return number;
    }

    @Override
    protected boolean toBoolean(boolean strict, @Nullable Object value) {
        return toBoolean(value);
    }

    @Override
    public boolean toBoolean(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new IllegalArgumentException("%s is neither true nor false".formatted(value));
    }

    private void requireExact(@Nullable Object value) {
        boolean decimal = value instanceof BigDecimal || value instanceof BigInteger;
        if (value != null && !decimal && asLongNumber(value) == null) {
            throw new IllegalArgumentException(
                    "%s is no exact number (expected a whole number or a decimal with B after it)".formatted(value));
        }
    }
}
