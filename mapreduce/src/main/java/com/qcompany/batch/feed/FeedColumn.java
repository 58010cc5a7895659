package com.qcompany.batch.feed;

import static com.qcompany.batch.feed.FeedJson.orEmpty;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A column of a source file: its names, type and the rules for a value alone. Text is trimmed first, then cleaned;
 * what is then empty is absent.
 *
 * <p>Its rule codes are its name and {@code _missing}, {@code _invalid} (not of the type), {@code _out_of_range},
 * {@code _not_allowed} or {@code _malformed} (not the pattern).
 *
 * @param name name in the warehouse
 * @param aliases other names it has in headers
 * @param type {@code int}, {@code bigint}, {@code decimal(p,s)}, {@code text}, {@code boolean} or {@code date}
 * @param required whether a record without a value is rejected
 * @param trailingOptional whether a record may end before it, and a header lack it
 * @param clean what is done to the trimmed text, in order
 * @param dates patterns of a date
 * @param spellings spellings of a boolean
 * @param allowed allowed texts; empty: any
 * @param pattern pattern that the whole text matches
 * @param range range of a number
 */
public record FeedColumn(
        @JsonProperty(required = true) String name,
        List<String> aliases,
        @JsonProperty(required = true) String type,
        boolean required,
        boolean trailingOptional,
        List<Cleaner> clean,
        List<String> dates,
        @Nullable Spellings spellings,
        List<String> allowed,
        @Nullable String pattern,
        @Nullable Range range) {

    /**
     * How a boolean is written, in any case.
     *
     * @param whenTrue texts that mean true
     * @param whenFalse texts that mean false; the empty text among them means that absent is false
     */
    public record Spellings(
            @JsonProperty(value = "true", required = true) List<String> whenTrue,
            @JsonProperty(value = "false", required = true) List<String> whenFalse) {

        public Spellings {
            whenTrue = List.copyOf(whenTrue);
            whenFalse = List.copyOf(whenFalse);
        }
    }

    /** Bounds of a number; null where there is none. */
    public record Range(
            @Nullable BigDecimal min,
            @Nullable BigDecimal above,
            @Nullable BigDecimal max,
            @Nullable BigDecimal below) {

        boolean holds(BigDecimal value) {
            return (min == null || value.compareTo(min) >= 0)
                    && (above == null || value.compareTo(above) > 0)
                    && (max == null || value.compareTo(max) <= 0)
                    && (below == null || value.compareTo(below) < 0);
        }

        String text() {
            return String.join(
                    " and ",
                    Stream.of(
                                    bound("at least ", min),
                                    bound("above ", above),
                                    bound("at most ", max),
                                    bound("below ", below))
                            .filter(part -> !part.isEmpty())
                            .toList());
        }

        private static String bound(String words, @Nullable BigDecimal bound) {
            return bound == null ? "" : words + bound.toPlainString();
        }
    }

    public FeedColumn {
        aliases = orEmpty(aliases);
        clean = orEmpty(clean);
        dates = orEmpty(dates);
        allowed = orEmpty(allowed);
        Kind kind = FeedType.parse(type).kind();
        requireFor(name, "dates", kind == Kind.DATE, !dates.isEmpty());
        requireFor(name, "spellings", kind == Kind.BOOLEAN, spellings != null);
        boolean number = kind == Kind.INT || kind == Kind.BIGINT || kind == Kind.DECIMAL;
        refuseUnless(name, "range", number, range != null);
        refuseUnless(name, "allowed", kind == Kind.TEXT, !allowed.isEmpty());
        refuseUnless(name, "pattern", kind == Kind.TEXT, pattern != null);
        compile(name, pattern);
    }

    /** The value it gives to a record. */
    FeedField field() {
        boolean always = required || (spellings != null && spellings.whenFalse().contains(""));
        return new FeedField(name, columnType(), always);
    }

    ColumnType columnType() {
        return FeedType.parse(type);
    }

    /** The names it is known by in a header. */
    List<String> headerNames() {
        return Stream.concat(Stream.of(name), aliases.stream()).toList();
    }

    static @Nullable Pattern compile(String owner, @Nullable String pattern) {
        try {
            return pattern == null ? null : Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "Cannot read pattern of %s: %s (expected a Java regular expression)".formatted(owner, pattern), e);
        }
    }

    private static void requireFor(String name, String property, boolean fitting, boolean given) {
        if (fitting && !given) {
            throw new IllegalArgumentException(
                    "Cannot declare column %s without %s (its type needs them)".formatted(name, property));
        }
        refuseUnless(name, property, fitting, given);
    }

    private static void refuseUnless(String name, String property, boolean fitting, boolean given) {
        if (given && !fitting) {
            throw new IllegalArgumentException(
                    "Cannot declare column %s with %s (its type has none)".formatted(name, property));
        }
    }
}
