package com.qcompany.warehouse.schema;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.Type.Repetition.OPTIONAL;
import static org.apache.parquet.schema.Type.Repetition.REQUIRED;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.apache.parquet.schema.Types.PrimitiveBuilder;

/**
 * Type of a column, with its Hive name and its Parquet encoding.
 *
 * <p>The encodings are those that Hive reads unchanged whatever the zone of its server: a timestamp is INT64
 * microseconds, not adjusted to UTC; a decimal of up to 18 digits is INT64, a longer one 16 bytes.
 *
 * @param kind which type
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

        /** The class. */
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

    /** An exact decimal. */
    public static ColumnType decimal(int precision, int scale) {
        return new ColumnType(Kind.DECIMAL, precision, scale);
    }

    /** Whether it is a whole number or a decimal. */
    public boolean isNumber() {
        return kind == Kind.INT || kind == Kind.BIGINT || kind == Kind.DECIMAL;
    }

    /** Whether it is a decimal that INT64 does not hold. */
    public boolean isWide() {
        return precision > MAX_LONG_PRECISION;
    }

    /** The type's name in Hive DDL. */
    public String hiveName() {
        return kind.hiveName + (kind == Kind.DECIMAL ? "(%d,%d)".formatted(precision, scale) : "");
    }

    /** The Parquet field of this type. */
    Type parquetField(String name, Repetition repetition) {
        Types.Builder<?, ? extends Type> field =
                switch (kind) {
                    case INT -> Types.primitive(INT32, repetition);
                    case BIGINT -> Types.primitive(INT64, repetition);
                    case DECIMAL -> decimal(repetition).as(decimalType(scale, precision));
                    case BOOLEAN -> Types.primitive(BOOLEAN, repetition);
                    case TEXT -> text(repetition);
                    case DATE -> Types.primitive(INT32, repetition).as(dateType());
                    case TIMESTAMP -> Types.primitive(INT64, repetition).as(timestampType(false, TimeUnit.MICROS));
                    case TEXT_LIST ->
                        Types.list(repetition).element(text(REQUIRED).named("element"));
                    case TEXT_MAP ->
                        Types.map(repetition)
                                .key(text(REQUIRED).named("key"))
                                .value(text(OPTIONAL).named("value"));
                };
        return field.named(name);
    }

    private PrimitiveBuilder<PrimitiveType> decimal(Repetition repetition) {
        return isWide()
                ? Types.primitive(FIXED_LEN_BYTE_ARRAY, repetition).length(WIDE_DECIMAL_BYTES)
                : Types.primitive(INT64, repetition);
    }

    private static PrimitiveBuilder<PrimitiveType> text(Repetition repetition) {
        return Types.primitive(BINARY, repetition).as(stringType());
    }
}
