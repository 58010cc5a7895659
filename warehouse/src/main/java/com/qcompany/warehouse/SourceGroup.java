package com.qcompany.warehouse;

import java.math.BigInteger;
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
    private static final Pattern RUN = Pattern.compile("\\d+|\\D+");

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
        Matcher a = RUN.matcher(left);
        Matcher b = RUN.matcher(right);
        while (true) {
            boolean moreLeft = a.find();
            boolean moreRight = b.find();
            if (!moreLeft || !moreRight) {
                int byLength = Boolean.compare(moreLeft, moreRight);
                return byLength != 0 ? byLength : left.compareTo(right);
            }
            int byRun = compareRuns(a.group(), b.group());
            if (byRun != 0) {
                return byRun;
            }
        }
    }

    private static int compareRuns(String left, String right) {
        boolean numbers = Character.isDigit(left.charAt(0)) && Character.isDigit(right.charAt(0));
        return numbers ? new BigInteger(left).compareTo(new BigInteger(right)) : left.compareTo(right);
    }
}
