package com.qcompany.warehouse.state;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A group of source files, in the order of the source: by nominal hour, then name (group2 before group10), then
 * version. This order, never that of arrival, decides which version of a customer comes after which.
 *
 * @param hour nominal hour, UTC, minutes zero
 * @param name folder name
 * @param version 1 for the first content under that name, higher for corrections of it
 */
public record SourceGroup(LocalDateTime hour, String name, int version) implements Comparable<SourceGroup> {

    /** Text form of an hour, {@code uuuu-MM-dd-HH}. */
    public static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HH", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter HOUR_MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HH-mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /** Names in natural order: runs of digits compare as numbers. */
    public static final Comparator<String> NATURAL_ORDER = SourceGroup::compareNatural;

    private static final Comparator<SourceGroup> ORDER = Comparator.comparing(SourceGroup::hour)
            .thenComparing(SourceGroup::name, NATURAL_ORDER)
            .thenComparing(SourceGroup::version);
    private static final Pattern TEXT = Pattern.compile("(?<hour>[^/]+)/(?<name>.+?)(?:@(?<version>\\d+))?");

    public SourceGroup {
        if (name.isEmpty() || name.contains("/") || name.contains("@") || version < 1) {
            throw new IllegalArgumentException(
                    "Cannot name a group: %s version %d (expected a name without / and @, version from 1)"
                            .formatted(name, version));
        }
    }

    /** Parses {@link #text}. */
    public static SourceGroup parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "Cannot parse source group: %s (expected uuuu-MM-dd-HH/name[@version])".formatted(text));
        }
        String version = matcher.group("version");
        return new SourceGroup(
                parseHour(matcher.group("hour")),
                matcher.group("name"),
                version == null ? 1 : Integer.parseInt(version));
    }

    /** Parses an hour, {@code uuuu-MM-dd-HH}. */
    public static LocalDateTime parseHour(String text) {
        try {
            return LocalDateTime.parse(text + "-00", HOUR_MINUTE);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("Cannot parse hour: %s (expected uuuu-MM-dd-HH)".formatted(text), e);
        }
    }

    /** {@code uuuu-MM-dd-HH/name}, and {@code @version} for a correction. */
    public String text() {
        return HOUR.format(hour) + "/" + name + (version == 1 ? "" : "@" + version);
    }

    @Override
    public int compareTo(SourceGroup other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text();
    }

    private static int compareNatural(String left, String right) {
        int a = 0;
        int b = 0;
        while (a < left.length() && b < right.length()) {
            int endA = endOfRun(left, a);
            int endB = endOfRun(right, b);
            boolean numbers = isDigit(left.charAt(a)) && isDigit(right.charAt(b));
            int byRun = numbers
                    ? compareNumbers(left, a, endA, right, b, endB)
                    : compareTexts(left, a, endA, right, b, endB);
            if (byRun != 0) {
                return byRun;
            }
            a = endA;
            b = endB;
        }
        int byRuns = Boolean.compare(a < left.length(), b < right.length());
        return byRuns != 0 ? byRuns : left.compareTo(right);
    }

    private static int endOfRun(String text, int start) {
        boolean digits = isDigit(text.charAt(start));
        int end = start + 1;
        while (end < text.length() && isDigit(text.charAt(end)) == digits) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static int compareNumbers(String left, int a, int endA, String right, int b, int endB) {
        int fromA = withoutZeros(left, a, endA);
        int fromB = withoutZeros(right, b, endB);
        int byLength = Integer.compare(endA - fromA, endB - fromB);
        return byLength != 0 ? byLength : compareTexts(left, fromA, endA, right, fromB, endB);
    }

    private static int withoutZeros(String text, int start, int end) {
        int from = start;
        while (from < end && text.charAt(from) == '0') {
            from++;
        }
        return from;
    }

    private static int compareTexts(String left, int a, int endA, String right, int b, int endB) {
        int length = Math.min(endA - a, endB - b);
        for (int i = 0; i < length; i++) {
            int byCharacter = Character.compare(left.charAt(a + i), right.charAt(b + i));
            if (byCharacter != 0) {
                return byCharacter;
            }
        }
        return Integer.compare(endA - a, endB - b);
    }
}
