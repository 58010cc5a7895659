package com.qcompany.warehouse.schema;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Type of a column, with its Hive name and its Parquet encoding.
 *
 * <p>The encodings are those that Hive reads unchanged whatever the zone of its server: a timestamp is INT64
 * microseconds, not adjusted to UTC; a decimal of up to 18 digits is INT64, a longer one 16 bytes.
 *
 * @param precision digits of a decimal, 0 for other kinds
 * @param scale digits after the point of a decimal, 0 for other kinds
 */
public record ColumnType(Kind kind, int precision, int scale) {

    /** The kinds, each with the Java class that stands for one value in a row. */
    public enum Kind {
        INT(Integer.class, "int"),
        BIGINT(Long.class, "bigint"),
        /** {@link BigDecimal} of the column's scale. */
        DECIMAL(BigDecimal.class, "decimal"),
        BOOLEAN(Boolean.class, "boolean"),
        TEXT(String.class, "string"),
        DATE(LocalDate.class, "date"),
        /** {@link LocalDateTime}, in the zone the column's comment names. */
        TIMESTAMP(LocalDateTime.class, "timestamp"),
        TEXT_LIST(List.class, "array<string>"),
        TEXT_MAP(Map.class, "map<string,string>");

        private final Class<?> javaType;
        private final String hiveName;

        Kind(Class<?> javaType, String hiveName) {
            this.javaType = javaType;
            this.hiveName = hiveName;
        }

        public Class<?> javaType() {
            return javaType;
        }
    }

    private static final Pattern DECIMAL_NAME = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");

    /** Largest precision that INT64 holds. */
    public static final int MAX_LONG_PRECISION = 18;

    /** Largest precision of Hive. */
    public static final int MAX_PRECISION = 38;

    /** Bytes of a decimal that INT64 does not hold. */
    public static final int WIDE_DECIMAL_BYTES = 16;

    public ColumnType {
        boolean exact = precision >= 1 && precision <= MAX_PRECISION && scale >= 0 && scale <= precision;
        if (kind == Kind.DECIMAL ? !exact : precision != 0 || scale != 0) {
            throw new IllegalArgumentException(
                    "Cannot declare %s(%d,%d) (only a decimal has a precision, 1 to %d, and a scale, 0 to precision)"
                            .formatted(kind.hiveName, precision, scale, MAX_PRECISION));
        }
    }

    /**
     * The type of a name in Hive DDL.
     *
     * @throws IllegalArgumentException if no column can have it
     */
    public static ColumnType parse(String hiveName) {
        Matcher decimal = DECIMAL_NAME.matcher(hiveName);
        if (decimal.matches()) {
            return decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.hiveName.equals(hiveName))
                .findFirst()
                .map(ColumnType::of)
                .orElseThrow(() -> new IllegalArgumentException("Cannot use type %s (expected one of %s with (p,s))"
                        .formatted(
                                hiveName,
                                Arrays.stream(Kind.values())
                                        .map(kind -> kind.hiveName)
                                        .toList())));
    }

    /** The type of a kind that needs no precision. */
    public static ColumnType of(Kind kind) {
        return new ColumnType(kind, 0, 0);
    }

    public static ColumnType decimal(int precision, int scale) {
        return new ColumnType(Kind.DECIMAL, precision, scale);
    }

    public boolean isNumber() {
        return kind == Kind.INT || kind == Kind.BIGINT || kind == Kind.DECIMAL;
    }

    /** Whether it is a decimal that INT64 does not hold. */
    public boolean isWide() {
        return precision > MAX_LONG_PRECISION;
    }

    public String hiveName() {
        return kind.hiveName + (kind == Kind.DECIMAL ? "(%d,%d)".formatted(precision, scale) : "");
    }

    /** The Parquet field of this type, as {@link org.apache.parquet.schema.MessageTypeParser} reads it. */
    String parquetField(String name, boolean nullable) {
        String field =
                switch (kind) {
                    case INT -> "int32 %s;";
                    case BIGINT -> "int64 %s;";
                    case DECIMAL ->
                        (isWide() ? "fixed_len_byte_array(%d)".formatted(WIDE_DECIMAL_BYTES) : "int64")
                                + " %%s (DECIMAL(%d,%d));".formatted(precision, scale);
                    case BOOLEAN -> "boolean %s;";
                    case TEXT -> "binary %s (STRING);";
                    case DATE -> "int32 %s (DATE);";
                    case TIMESTAMP -> "int64 %s (TIMESTAMP(MICROS,false));";
                    case TEXT_LIST -> "group %s (LIST) { repeated group list { required binary element (STRING); } }";
                    case TEXT_MAP ->
                        "group %s (MAP) { repeated group key_value "
                                + "{ required binary key (STRING); optional binary value (STRING); } }";
                };
        return (nullable ? "optional " : "required ") + field.formatted(name);
    }
}
