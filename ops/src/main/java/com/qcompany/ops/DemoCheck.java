package com.qcompany.ops;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Numbers that must be the same, by key; a total counts as one number.
 *
 * @param what what they count, in a few words
 * @param expected what the generator knows
 * @param found what was found
 */
record DemoCheck(String what, SortedMap<String, BigDecimal> expected, SortedMap<String, BigDecimal> found) {

    private static final String TOTAL = "total";

    DemoCheck {
        expected = normalized(expected);
        found = normalized(found);
    }

    static DemoCheck ofTotal(String what, long expected, long found) {
        return ofTotal(what, BigDecimal.valueOf(expected), BigDecimal.valueOf(found));
    }

    static DemoCheck ofTotal(String what, BigDecimal expected, BigDecimal found) {
        return new DemoCheck(what, new TreeMap<>(Map.of(TOTAL, expected)), new TreeMap<>(Map.of(TOTAL, found)));
    }

    static DemoCheck ofCounts(String what, SortedMap<?, Long> expected, SortedMap<String, BigDecimal> found) {
        SortedMap<String, BigDecimal> numbers = new TreeMap<>();
        expected.forEach((key, count) -> numbers.put(key.toString(), BigDecimal.valueOf(count)));
        return new DemoCheck(what, numbers, found);
    }

    boolean holds() {
        return expected.equals(found);
    }

    /** Both sums and the verdict, which names the first key whose numbers differ. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%-42s %15s %15s  %s",
                what,
                sum(expected),
                sum(found),
                firstDifference().orElse("ok"));
    }

    private Optional<String> firstDifference() {
        TreeSet<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(expected.get(key), found.get(key)))
                .findFirst()
                .map(key -> "WRONG: %s is %s, not %s".formatted(key, found.get(key), expected.get(key)));
    }

    private static String sum(SortedMap<String, BigDecimal> numbers) {
        return new DecimalFormat("#,##0.####", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(numbers.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static SortedMap<String, BigDecimal> normalized(SortedMap<String, BigDecimal> numbers) {
        SortedMap<String, BigDecimal> normalized = new TreeMap<>();
        numbers.forEach((key, number) -> normalized.put(key, number.stripTrailingZeros()));
        return normalized;
    }
}
