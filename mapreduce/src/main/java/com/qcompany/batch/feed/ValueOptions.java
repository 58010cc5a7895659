package com.qcompany.batch.feed;

import com.qcompany.warehouse.schema.ColumnType.Kind;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The standard's options of a logical type. The format of a date is one of {@link java.time.format.DateTimeFormatter};
 * the bound of a date may be {@code today}, {@code today+1d} or {@code today-30d} (UTC).
 */
record ValueOptions(
        @Nullable String format,
        @Nullable Pattern pattern,
        @Nullable String minimum,
        @Nullable String exclusiveMinimum,
        @Nullable String maximum,
        @Nullable String exclusiveMaximum) {

    static final ValueOptions NONE = new ValueOptions(null, null, null, null, null, null);

    private static final Pattern TODAY = Pattern.compile("today(?:([+-]\\d{1,5})d)?");

    /** A bound of a value of the column. */
    record Bound(String words, Comparable<Object> value, IntPredicate holds) {

        boolean allows(Object found) {
            boolean whole = found instanceof Integer || found instanceof Long;
            return holds.test(value.compareTo(whole ? BigDecimal.valueOf(((Number) found).longValue()) : found));
        }

        String text() {
            return words + " " + value;
        }

        /** Whether it allows nothing that another one does not allow, which bounds the same side. */
        private boolean isWithin(Bound outer) {
            return isLower() == outer.isLower()
                    && (words.equals(outer.words) && value.equals(outer.value) || outer.allows(value));
        }

        private boolean isLower() {
            return words.equals("at least") || words.equals("above");
        }
    }

    boolean hasBounds() {
        return minimum != null || exclusiveMinimum != null || maximum != null || exclusiveMaximum != null;
    }

    /** Whether other bounds allow all that these allow. */
    boolean isWithin(ValueOptions outer, Kind kind, Clock clock) {
        List<Bound> inner = bounds(kind, clock);
        return outer.bounds(kind, clock).stream()
                .allMatch(bound -> inner.stream().anyMatch(own -> own.isWithin(bound)));
    }

    /** The bounds, with the dates that {@code today} means now. */
    List<Bound> bounds(Kind kind, Clock clock) {
        List<Bound> bounds = new ArrayList<>();
        add(bounds, "at least", minimum, kind, clock, order -> order <= 0);
        add(bounds, "above", exclusiveMinimum, kind, clock, order -> order < 0);
        add(bounds, "at most", maximum, kind, clock, order -> order >= 0);
        add(bounds, "below", exclusiveMaximum, kind, clock, order -> order > 0);
        return bounds;
    }

    private static void add(
            List<Bound> bounds, String words, @Nullable String text, Kind kind, Clock clock, IntPredicate holds) {
        if (text != null) {
            bounds.add(new Bound(words, value(text, kind, clock), holds));
        }
    }

    @SuppressWarnings("unchecked") // Compared with values of the same kind only.
    private static Comparable<Object> value(String text, Kind kind, Clock clock) {
        try {
            Object value = kind == Kind.DATE ? date(text, clock) : new BigDecimal(text);
            return (Comparable<Object>) value;
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Cannot use bound: %s (expected a number, or a date as uuuu-MM-dd or today+1d)".formatted(text), e);
        }
    }

    private static LocalDate date(String text, Clock clock) {
        Matcher today = TODAY.matcher(text);
        if (!today.matches()) {
            return LocalDate.parse(text);
        }
        String days = today.group(1);
        return LocalDate.now(clock).plusDays(days == null ? 0 : Integer.parseInt(days));
    }
}
