package com.qcompany.batch.feed;

import com.qcompany.batch.feed.ColumnExtension.Spellings;
import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns trimmed text that is not empty into a value of one type, or null where it is none. Not thread-safe. */
record ValueParser(String expected, Function<String, @Nullable Object> parse) {

    /** What the JDK's parser should see: no exponent, no other alphabet's digits, not a million of them. */
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,99}");

    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9.]{1,99}");

    private static final LocalDate SOME_DATE = LocalDate.of(2021, 12, 31);

    /** The parser of a column. */
    static ValueParser of(FeedColumn column) {
        ColumnType type = column.columnType();
        return switch (type.kind()) {
            case INT -> new ValueParser("a whole number of 32 bits", text -> number(text, type));
            case BIGINT -> new ValueParser("a whole number of 64 bits", text -> number(text, type));
            case DECIMAL ->
                new ValueParser(
                        "a number that %s holds exactly".formatted(type.hiveName()), text -> number(text, type));
            case TEXT -> new ValueParser("text", text -> text);
            case DATE -> dates(column);
            case BOOLEAN ->
                words(Objects.requireNonNull(column.customProperties().spellings()));
            case TIMESTAMP, TEXT_LIST, TEXT_MAP ->
                throw new IllegalArgumentException("Cannot read a column of type %s".formatted(type.hiveName()));
        };
    }

    @Nullable
    Object parse(String text) {
        return parse.apply(text);
    }

    private static @Nullable Object number(String text, ColumnType type) {
        try {
            Pattern allowed = type.kind() == Kind.DECIMAL ? DECIMAL : WHOLE;
            return allowed.matcher(text).matches() ? fitted(new BigDecimal(text), type) : null;
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    /** The number as a value of a type, with its digits after the point; an ArithmeticException if it is not exact. */
    static Object fitted(BigDecimal number, ColumnType type) {
        if (type.kind() == Kind.INT) {
            return number.intValueExact();
        }
        if (type.kind() == Kind.BIGINT) {
            return number.longValueExact();
        }
        BigDecimal scaled = number.setScale(type.scale());
        if (scaled.precision() > type.precision()) {
            throw new ArithmeticException("more than %d digits".formatted(type.precision()));
        }
        return scaled;
    }

    private static ValueParser dates(FeedColumn column) {
        List<DateTimeFormatter> compiled =
                column.formats().stream().map(ValueParser::dateFormat).toList();
        return new ValueParser(
                "a date that exists, as %s".formatted(String.join(" or ", column.formats())),
                text -> date(text, compiled));
    }

    private static @Nullable LocalDate date(String text, List<DateTimeFormatter> formats) {
        for (DateTimeFormatter format : formats) {
            try {
                return LocalDate.parse(text, format);
            } catch (DateTimeException e) {
                // Another format may fit.
            }
        }
        return null;
    }

    private static DateTimeFormatter dateFormat(String format) {
        try {
            DateTimeFormatter compiled =
                    DateTimeFormatter.ofPattern(format, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
            if (!LocalDate.parse(compiled.format(SOME_DATE), compiled).equals(SOME_DATE)) {
                throw new DateTimeException("it gives another date");
            }
            return compiled;
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot read date format: %s (expected year, month and day, such as uuuu-MM-dd)".formatted(format),
                    e);
        }
    }

    private static ValueParser words(Spellings spellings) {
        return new ValueParser("one of %s or %s".formatted(spellings.whenTrue(), spellings.whenFalse()), text -> {
            if (spellings.whenTrue().stream().anyMatch(text::equalsIgnoreCase)) {
                return Boolean.TRUE;
            }
            return spellings.whenFalse().stream().anyMatch(text::equalsIgnoreCase) ? Boolean.FALSE : null;
        });
    }
}
