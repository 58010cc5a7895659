package com.qcompany.batch.feed;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The most lines of a file that may break a rule, or be rejected, before its group is refused; in the words of the
 * standard.
 */
record Limit(@JsonProperty(required = true) BigDecimal mustBeLessOrEqualTo, Unit unit) {

    /** What a row that may not be there comes to. */
    static final Limit NONE_AT_ALL = new Limit(BigDecimal.ZERO, Unit.ROWS);

    enum Unit {
        @JsonProperty("rows")
        ROWS,
        @JsonProperty("percent")
        PERCENT
    }

    Limit {
        unit = unit == null ? Unit.ROWS : unit;
        boolean tooMuch = unit == Unit.PERCENT && mustBeLessOrEqualTo.compareTo(BigDecimal.valueOf(100)) > 0;
        if (mustBeLessOrEqualTo.signum() < 0 || tooMuch) {
            throw new IllegalArgumentException("Cannot limit to %s %s (expected at least 0, and at most 100 percent)"
                    .formatted(mustBeLessOrEqualTo.toPlainString(), word(unit)));
        }
    }

    /** What a rule declares, which is nothing at all allowed where it fails a group, or null for no limit. */
    static @Nullable Limit of(Severity severity, @Nullable Limit declared) {
        return severity == Severity.FAIL ? NONE_AT_ALL : declared;
    }

    boolean isExceededBy(long found, long lines) {
        BigDecimal count = BigDecimal.valueOf(found);
        return unit == Unit.ROWS
                ? count.compareTo(mustBeLessOrEqualTo) > 0
                : count.multiply(BigDecimal.valueOf(100))
                                .compareTo(mustBeLessOrEqualTo.multiply(BigDecimal.valueOf(lines)))
                        > 0;
    }

    @Override
    public String toString() {
        return mustBeLessOrEqualTo.toPlainString() + " " + word(unit);
    }

    private static String word(Unit unit) {
        return unit == Unit.ROWS ? "rows" : "percent";
    }
}
