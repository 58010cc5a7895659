package com.qcompany.batch.feed;

import com.qcompany.warehouse.schema.ColumnType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Digits with an optional sign and point, no exponent and no thousands separator, as an exact decimal. */
final class DecimalParser implements ValueParser {

    private final ColumnType type;
    private final long tooLargeToExtend;

    DecimalParser(ColumnType type) {
        this.type = type;
        this.tooLargeToExtend = BigDecimal.TEN.pow(type.precision() - 1).longValueExact();
    }

    @Override
    public @Nullable Object parse(String text, int from, int to) {
        char sign = text.charAt(from);
        long unscaled = 0;
        int digits = 0;
        int decimals = -1;
        for (int i = sign == '-' || sign == '+' ? from + 1 : from; i < to; i++) {
            char next = text.charAt(i);
            if (next == '.' && decimals < 0) {
                decimals = 0;
                continue;
            }
            int digit = next - '0';
            boolean beyondScale = decimals == type.scale();
            if (digit < 0 || digit > 9 || (beyondScale && digit != 0)) {
                return null;
            }
            digits++;
            if (!beyondScale) {
                if (unscaled >= tooLargeToExtend) {
                    return null;
                }
                unscaled = unscaled * 10 + digit;
                decimals += decimals >= 0 ? 1 : 0;
            }
        }
        for (int i = Math.max(decimals, 0); i < type.scale(); i++) {
            if (unscaled >= tooLargeToExtend) {
                return null;
            }
            unscaled *= 10;
        }
        return digits == 0 ? null : BigDecimal.valueOf(sign == '-' ? -unscaled : unscaled, type.scale());
    }

    @Override
    public String expected() {
        return "a number that %s holds exactly".formatted(type.hiveName());
    }
}
