package com.qcompany.batch.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class ValueParserProperties {

    private static final DateTimeFormatter UNPADDED =
            DateTimeFormatter.ofPattern("uuuu-M-d", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    @Property
    void readsEveryDateAsTheJdkDoes(
            @ForAll @IntRange(max = 9999) int year,
            @ForAll @IntRange(max = 13) int month,
            @ForAll @IntRange(max = 32) int day,
            @ForAll boolean padded) {
        String text = (padded ? "%04d-%02d-%02d" : "%04d-%d-%d").formatted(year, month, day);
        assertThat(parse(dates("uuuu-M-d"), text)).isEqualTo(byTheJdk(text));
    }

    @Property
    void readsADateOnlyWhereTheJdkDoes(@ForAll("almostDates") String text) {
        Object date = parse(dates("uuuu-M-d"), text);
        if (date != null) {
            assertThat(date).isEqualTo(byTheJdk(text));
        }
    }

    @Example
    void triesDatePatternsInTurn() {
        ValueParser dates = dates("uuuu-MM-dd", "d.M.uuuu");
        assertThat(parse(dates, "2024-07-04")).isEqualTo(LocalDate.of(2024, 7, 4));
        assertThat(parse(dates, "4.7.2024")).isEqualTo(LocalDate.of(2024, 7, 4));
        assertThat(parse(dates, "2024-7-4")).isNull();
    }

    @Example
    void refusesADatePatternItDoesNotKnow() {
        for (String pattern : List.of("YYYY-MM-dd", "uuuu-MM", "uuuu-MM-dd HH", "uuuu-M-M", "")) {
            assertThatThrownBy(() -> dates(pattern))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Cannot read date format: " + pattern);
        }
    }

    @Property
    void readsADecimalAsTheJdkDoesWhereItFits(@ForAll("almostNumbers") String text) {
        assertThat(parse(numbers("decimal(6,2)"), text)).isEqualTo(decimalByTheJdk(text, 6, 2));
        assertThat(parse(numbers("decimal(18,4)"), text)).isEqualTo(decimalByTheJdk(text, 18, 4));
        assertThat(parse(numbers("decimal(3,0)"), text)).isEqualTo(decimalByTheJdk(text, 3, 0));
    }

    @Property
    void readsAWholeNumberAsTheJdkDoes(@ForAll("almostNumbers") String text) {
        assertThat(parse(numbers("int"), text)).isEqualTo(wholeByTheJdk(text, false));
        assertThat(parse(numbers("bigint"), text)).isEqualTo(wholeByTheJdk(text, true));
    }

    @Example
    void readsTheBoundsOfWholeNumbers() {
        for (String text : List.of("2147483647", "-2147483648", "2147483648", "-2147483649", "+0", "-0", "-", "+")) {
            readsAWholeNumberAsTheJdkDoes(text);
        }
        for (String text : List.of("9223372036854775807", "-9223372036854775808", "9223372036854775808")) {
            readsAWholeNumberAsTheJdkDoes(text);
        }
    }

    @Provide
    Arbitrary<String> almostDates() {
        return Arbitraries.strings().withChars("0123-29/").ofMinLength(1).ofMaxLength(11);
    }

    @Provide
    Arbitrary<String> almostNumbers() {
        Arbitrary<String> digits = Arbitraries.strings().withChars("0019").ofMaxLength(20);
        Arbitrary<String> numbers = Combinators.combine(
                        Arbitraries.of("", "", "-", "+"), digits, Arbitraries.of("", "."), digits)
                .as((sign, whole, point, fraction) -> sign + whole + point + fraction);
        Arbitrary<String> texts = Arbitraries.strings().withChars("09.-+e٣ ").ofMaxLength(5);
        return Arbitraries.oneOf(numbers, texts).filter(text -> !text.isEmpty());
    }

    private static @Nullable Object parse(ValueParser parser, String text) {
        return parser.parse(text);
    }

    private static ValueParser dates(String format, String... others) {
        ValueOptions options = new ValueOptions(format, null, null, null, null, null);
        ColumnExtension extension = new ColumnExtension(
                List.of(), false, false, Severity.REJECT, null, List.of(), List.of(others), null, null, null, null);
        return ValueParser.of(
                new FeedColumn("day", "date", null, true, null, options, List.of(), List.of(), extension));
    }

    private static ValueParser numbers(String type) {
        String logical = type.startsWith("decimal") ? "number" : "integer";
        return ValueParser.of(new FeedColumn(
                "amount", logical, type, true, null, ValueOptions.NONE, List.of(), List.of(), ColumnExtension.NONE));
    }

    private static @Nullable LocalDate byTheJdk(String text) {
        try {
            return LocalDate.parse(text, UNPADDED);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable BigDecimal decimalByTheJdk(String text, int precision, int scale) {
        if (!text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)")) {
            return null;
        }
        try {
            BigDecimal exact = new BigDecimal(text).setScale(scale);
            return exact.precision() > precision ? null : exact;
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable Object wholeByTheJdk(String text, boolean big) {
        if (!text.matches("[+-]?[0-9]+")) {
            return null;
        }
        try {
            if (big) {
                return Long.valueOf(text);
            }
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
