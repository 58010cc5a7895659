package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.ColumnType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.parquet.io.api.Binary;

/**
 * Turns values between the classes that code works with ({@link ColumnType.Kind}) and those that files store: a text is a
 * {@link Binary} of UTF-8, also in a list, a decimal its unscaled {@link Long}, a timestamp a {@link Long} of
 * microseconds, a date an {@link Integer} of days. Other values are the same in both, and each may be given in either
 * form.
 */
final class StoredValues {

    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

    private StoredValues() {}

    /** The value as code works with it. */
    static Object decode(ColumnType type, Object value) {
        return switch (type.kind()) {
            case TEXT -> value instanceof Binary text ? text(text) : value;
            case DECIMAL -> value instanceof Long unscaled ? BigDecimal.valueOf(unscaled, type.scale()) : value;
            case TIMESTAMP -> value instanceof Long micros ? EPOCH.plus(micros, ChronoUnit.MICROS) : value;
            case DATE -> value instanceof Integer days ? LocalDate.ofEpochDay(days) : value;
            case TEXT_LIST -> areStored((List<?>) value) ? texts((List<?>) value) : value;
            case INT, BIGINT, BOOLEAN, TEXT_MAP -> value;
        };
    }

    /**
     * The value as files store it.
     *
     * @throws IllegalArgumentException if a decimal does not fit its column without rounding
     */
    static Object encode(Column column, Object value) {
        return switch (column.type().kind()) {
            case TEXT -> value instanceof String text ? utf8(text) : value;
            case DECIMAL -> value instanceof BigDecimal decimal ? unscaled(column, decimal) : value;
            case TIMESTAMP -> value instanceof LocalDateTime time ? ChronoUnit.MICROS.between(EPOCH, time) : value;
            case DATE -> value instanceof LocalDate date ? Math.toIntExact(date.toEpochDay()) : value;
            case TEXT_LIST -> areStored((List<?>) value) ? value : utf8((List<?>) value);
            case INT, BIGINT, BOOLEAN, TEXT_MAP -> value;
        };
    }

    /** A text's UTF-8 in an array: Parquet handles that faster than the buffer it makes of a text itself. */
    static Binary utf8(String text) {
        return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean areStored(List<?> texts) {
        return !texts.isEmpty() && texts.get(0) instanceof Binary;
    }

    private static List<Binary> utf8(List<?> texts) {
        return texts.stream().map(text -> utf8((String) text)).toList();
    }

    private static List<String> texts(List<?> stored) {
        return stored.stream().map(text -> text((Binary) text)).toList();
    }

    private static String text(Binary utf8) {
        ByteBuffer bytes = utf8.toByteBuffer();
        return bytes.hasArray()
                ? new String(
                        bytes.array(),
                        bytes.arrayOffset() + bytes.position(),
                        bytes.remaining(),
                        StandardCharsets.UTF_8)
                : utf8.toStringUsingUTF8();
    }

    private static long unscaled(Column column, BigDecimal value) {
        try {
            BigDecimal scaled = value.setScale(column.type().scale());
            if (scaled.precision() <= column.type().precision()) {
                // Not by the unscaled value, which is a BigInteger.
                return scaled.scaleByPowerOfTen(scaled.scale()).longValueExact();
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(cannotStore(column, value), e);
        }
        throw new IllegalArgumentException(cannotStore(column, value));
    }

    private static String cannotStore(Column column, BigDecimal value) {
        return "Cannot store %s in %s (expected %s, without rounding)"
                .formatted(value, column.name(), column.type().hiveName());
    }
}
