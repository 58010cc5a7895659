package com.qcompany.warehouse.state;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.qcompany.warehouse.command.UsageException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A group of source files, in the order of the source: by nominal hour, then name (group2 before group10), then
 * version. This order, never that of arrival, decides which version of a customer comes after which.
 *
 * @param hour nominal hour, UTC, minutes zero
 * @param version 1 for the first content under that name, higher for corrections of it
 */
public record SourceGroup(LocalDateTime hour, String name, int version) implements Comparable<SourceGroup> {

    /** Text form of an hour, {@code uuuu-MM-dd-HH}. */
    public static final DateTimeFormatter HOUR = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd-HH")
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    /** Hours before and after which no group can be, as texts. */
    public static final String FIRST_HOUR = "0001-01-01-00";

    public static final String LAST_HOUR = "9999-12-31-23";

    /** Digits without the zeros before them. */
    private static final Pattern NUMBER = Pattern.compile("(?=[0-9])0*([0-9]*)");

    private static final char LOWEST = 0;

    /**
     * Names in natural order: digits compare as numbers, because before them stands how many they are. A name that goes
     * on with a number comes before one that goes on with anything else.
     */
    public static final Comparator<String> NATURAL_ORDER =
            Comparator.comparing(SourceGroup::comparable).thenComparing(Comparator.naturalOrder());

    private static final Comparator<SourceGroup> ORDER = Comparator.comparing(SourceGroup::hour)
            .thenComparing(SourceGroup::name, NATURAL_ORDER)
            .thenComparing(SourceGroup::version);
    private static final Pattern TEXT = Pattern.compile("(?<hour>[^/]+)/(?<name>[^/@]+)(?:@(?<version>\\d+))?");

    public SourceGroup {
        if (name.isEmpty() || name.contains("/") || name.contains("@") || version < 1) {
            throw new IllegalArgumentException(
                    "Cannot name a group: %s version %d (expected a name without / and @, version from 1)"
                            .formatted(name, version));
        }
    }

    @JsonCreator
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

    /** Parses an hour, {@code uuuu-MM-dd-HH} or {@code uuuu-MM-ddTHH}. */
    public static LocalDateTime parseHour(String text) {
        try {
            return LocalDateTime.parse(text.replace('T', '-'), HOUR);
        } catch (DateTimeParseException e) {
            throw new UsageException(
                    "Cannot parse hour: %s (expected uuuu-MM-dd-HH or uuuu-MM-ddTHH)".formatted(text), e);
        }
    }

    /** The text of an hour that an operator gave, checked. */
    public static String checkedHour(String text) {
        return HOUR.format(parseHour(text));
    }

    /** {@code uuuu-MM-dd-HH/name}, and {@code @version} for a correction. */
    @JsonValue
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

    private static String comparable(String name) {
        return NUMBER.matcher(name).replaceAll(number -> {
            char before = number.start() == 0 ? '0' : LOWEST;
            String digits = number.group(1);
            return Matcher.quoteReplacement("" + before + (char) digits.length() + digits);
        });
    }
}
