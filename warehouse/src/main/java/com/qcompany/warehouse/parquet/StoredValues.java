package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;

/**
 * Turns values between the classes that code works with ({@link ColumnType.Kind}) and those that files store: a text is
 * a {@link Binary} of UTF-8, a decimal its unscaled {@link Long} or, where it has over 18 digits, a {@link Binary} of 16
 * bytes, a timestamp a {@link Long} of microseconds, a date an {@link Integer} of days. Other values are the same in both.
 */
final class StoredValues {

    private static final int MICROS = 1_000_000;
    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

    private StoredValues() {}

    /** The value as code works with it. */
    static Object decode(ColumnType type, Object stored) {
        return switch (type.kind()) {
            case TEXT -> ((Binary) stored).toStringUsingUTF8();
            case DECIMAL ->
                type.isWide()
                        ? new BigDecimal(new BigInteger(((Binary) stored).getBytesUnsafe()), type.scale())
                        : BigDecimal.valueOf((Long) stored, type.scale());
            case TIMESTAMP -> EPOCH.plus((Long) stored, ChronoUnit.MICROS);
            case DATE -> LocalDate.ofEpochDay((Integer) stored);
            case INT, BIGINT, BOOLEAN, TEXT_LIST, TEXT_MAP -> stored;
        };
    }

    /** The value as files store it. */
    static Object encode(Column column, Object value) {
        return switch (column.type().kind()) {
            case TEXT -> utf8((String) value);
            case DECIMAL -> decimal(column, (BigDecimal) value);
            case TIMESTAMP -> micros((LocalDateTime) value);
            case DATE -> Math.toIntExact(((LocalDate) value).toEpochDay());
            case INT, BIGINT, BOOLEAN, TEXT_LIST, TEXT_MAP -> value;
        };
    }

    /** A text's UTF-8 in an array: Parquet handles that faster than the buffer it makes of a text itself. */
    static Binary utf8(String text) {
        return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long micros(LocalDateTime time) {
        return Math.addExact(Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), MICROS), time.getNano() / 1000);
    }

    private static Object decimal(Column column, BigDecimal value) {
        ColumnType type = column.type();
        BigDecimal plain = value.stripTrailingZeros(); // lest an exponent becomes a thousand million zeros
        long digits = plain.signum() == 0 ? 0 : (long) plain.precision() - plain.scale();
        if (plain.scale() > type.scale() || digits > type.precision() - type.scale()) {
            throw new IllegalArgumentException("Cannot store %s in %s (expected %s, without rounding)"
                    .formatted(value, column.name(), type.hiveName()));
        }
        BigInteger unscaled = plain.setScale(type.scale()).unscaledValue();
        if (!type.isWide()) {
            return unscaled.longValueExact();
        }
        byte[] bytes = unscaled.toByteArray();
        byte[] wide = new byte[ColumnType.WIDE_DECIMAL_BYTES];
        Arrays.fill(wide, (byte) (unscaled.signum() < 0 ? -1 : 0));
        System.arraycopy(bytes, 0, wide, wide.length - bytes.length, bytes.length);
        return Binary.fromConstantByteArray(wide);
    }
}
