package com.qcompany.warehouse.schema;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import com.qcompany.warehouse.parquet.Row;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * Type of a column, with its Hive name and its Parquet encoding.
 *
 * <p>The encodings are those that Hive reads unchanged whatever the zone of its server: a timestamp is INT64
 * microseconds, not adjusted to UTC; a decimal is INT64, so at most 18 digits.
 *
 * @param kind which type
 * @param precision digits of a decimal, 0 for other kinds
 * @param scale digits after the point of a decimal, 0 for other kinds
 */
public record ColumnType(Kind kind, int precision, int scale) {

    /** The kinds, each with the Java class that stands for one value in a {@link Row}. */
    public enum Kind {
        /** {@link Integer}. */
        INT(Integer.class),
        /** {@link Long}. */
        BIGINT(Long.class),
        /** {@link java.math.BigDecimal} of the column's scale. */
        DECIMAL(java.math.BigDecimal.class),
        /** {@link Boolean}. */
        BOOLEAN(Boolean.class),
        /** {@link String}. */
        TEXT(String.class),
        /** {@link java.time.LocalDate}. */
        DATE(java.time.LocalDate.class),
        /** {@link java.time.LocalDateTime}, in the zone the column's comment names. */
        TIMESTAMP(java.time.LocalDateTime.class),
        /** {@link java.util.List} of {@link String}. */
        TEXT_LIST(java.util.List.class),
        /** {@link java.util.Map} of {@link String} to {@link String}. */
        TEXT_MAP(java.util.Map.class);

        private final Class<?> javaType;

        Kind(Class<?> javaType) {
            this.javaType = javaType;
        }

        /** The class. */
        public Class<?> javaType() {
            return javaType;
        }
    }

    /** Largest precision that INT64 holds. */
    public static final int MAX_PRECISION = 18;

    public ColumnType {
        boolean decimal = kind == Kind.DECIMAL;
        if (decimal && (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision)) {
            throw new IllegalArgumentException("Cannot declare decimal(%d,%d) (precision 1 to %d, scale 0 to precision)"
                    .formatted(precision, scale, MAX_PRECISION));
        }
        if (!decimal && (precision != 0 || scale != 0)) {
            throw new IllegalArgumentException(
                    "Cannot give a precision to %s (only decimals have one)".formatted(kind));
        }
    }

    /** The type of a kind that needs no precision. */
    public static ColumnType of(Kind kind) {
        return new ColumnType(kind, 0, 0);
    }

    /** An exact decimal of at most 18 digits. */
    public static ColumnType decimal(int precision, int scale) {
        return new ColumnType(Kind.DECIMAL, precision, scale);
    }

    /** The type's name in Hive DDL. */
    public String hiveName() {
        return switch (kind) {
            case INT -> "int";
            case BIGINT -> "bigint";
            case DECIMAL -> "decimal(%d,%d)".formatted(precision, scale);
            case BOOLEAN -> "boolean";
            case TEXT -> "string";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp";
            case TEXT_LIST -> "array<string>";
            case TEXT_MAP -> "map<string,string>";
        };
    }

    /** The Parquet field of this type. */
    Type parquetField(String name, Repetition repetition) {
        return switch (kind) {
            case INT -> Types.primitive(INT32, repetition).named(name);
            case BIGINT -> Types.primitive(INT64, repetition).named(name);
            case DECIMAL ->
                Types.primitive(INT64, repetition)
                        .as(decimalType(scale, precision))
                        .named(name);
            case BOOLEAN -> Types.primitive(BOOLEAN, repetition).named(name);
            case TEXT -> Types.primitive(BINARY, repetition).as(stringType()).named(name);
            case DATE -> Types.primitive(INT32, repetition).as(dateType()).named(name);
            case TIMESTAMP ->
                Types.primitive(INT64, repetition)
                        .as(timestampType(false, TimeUnit.MICROS))
                        .named(name);
            case TEXT_LIST -> Types.list(repetition).element(text("element")).named(name);
            case TEXT_MAP ->
                Types.map(repetition)
                        .key(text("key"))
                        .value(Types.optional(BINARY).as(stringType()).named("value"))
                        .named(name);
        };
    }

    private static Type text(String name) {
        return Types.required(BINARY).as(stringType()).named(name);
    }
}
