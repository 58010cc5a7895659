package com.qcompany.batch.quality;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A metric of a column.
 *
 * @param name what is measured
 * @param value the value, where it is a number
 * @param text the value, where it is none
 * @param sketch Apache DataSketches sketch in base64, where there is one
 */
record Metric(String name, @Nullable BigDecimal value, @Nullable String text, @Nullable String sketch) {
    private static final int SCALE = 6;

    static Metric of(String name, BigDecimal value) {
        return new Metric(name, value.setScale(SCALE, RoundingMode.HALF_UP), null, null);
    }

    static Metric share(String name, long part, long whole) {
        return of(name, BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), SCALE, RoundingMode.HALF_UP));
    }

    Metric withSketch(@Nullable String base64) {
        return new Metric(name, value, text, base64);
    }
}
