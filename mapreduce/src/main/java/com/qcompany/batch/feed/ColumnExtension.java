package com.qcompany.batch.feed;

import static com.qcompany.batch.feed.Contract.orEmpty;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a contract says of a column beyond the standard.
 *
 * @param aliases other names it has in headers
 * @param mayBeMissing whether a record may end before it, and a header lack it
 * @param formats further formats of a date, tried in turn
 * @param severity of the rules about its value alone; a value that is missing or not of the type is never loaded
 * @param added whether it is a column of its table that the star schema does not have: kept in {@code extras}, shown by the views
 * @param limit most lines of a file that may break one of its rules
 * @param identifier letter case of an identifier, which is compared without invisible characters; null for other columns
 */
record ColumnExtension(
        List<String> aliases,
        boolean mayBeMissing,
        boolean added,
        Severity severity,
        @Nullable Limit limit,
        List<Tolerance> tolerates,
        List<String> formats,
        @Nullable Spellings spellings,
        @Nullable LetterCase identifier,
        @Nullable Extract extract,
        @Nullable Split split) {

    static final ColumnExtension NONE = new ColumnExtension(
            List.of(), false, false, Severity.REJECT, null, List.of(), List.of(), null, null, null, null);

    ColumnExtension {
        aliases = orEmpty(aliases);
        severity = severity == null ? Severity.REJECT : severity;
        tolerates = orEmpty(tolerates);
        formats = orEmpty(formats);
    }

    /** A spelling that exports bring and that a column may be declared to read all the same. */
    enum Tolerance {
        /** A word of the contract's list, such as {@code NaN}, for no value. */
        @JsonProperty("placeholder")
        PLACEHOLDER("placeholder_emptied", "(?!)"),
        /** A whole number with zeros after the point, such as {@code 2.0}. */
        @JsonProperty("zeroDecimals")
        ZERO_DECIMALS("zero_decimals_cut", "([+-]?[0-9]+)\\.0+"),
        /** A date with a time of day behind it; not one with a zone, which may mean another date. */
        @JsonProperty("timeOfDay")
        TIME_OF_DAY("time_of_day_cut", "(.+?)[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?");

        private final String fixed;
        private final Pattern pattern;

        Tolerance(String fixed, String pattern) {
            this.fixed = fixed;
            this.pattern = Pattern.compile(pattern);
        }

        /** Code under which it is counted. */
        String fixed() {
            return fixed;
        }

        /** The text as it should have been, or null where it is not this spelling. */
        @Nullable
        String usual(String text) {
            Matcher matcher = pattern.matcher(text);
            return matcher.matches() ? matcher.group(1) : null;
        }
    }

    /** How an identifier is written in the warehouse. */
    enum LetterCase {
        @JsonProperty("lower")
        LOWER,
        @JsonProperty("upper")
        UPPER,
        @JsonProperty("asWritten")
        AS_WRITTEN
    }

    /**
     * How a boolean is written, in any case; the empty text is what absent means. Another than the first of each list is
     * counted as a fix.
     */
    record Spellings(
            @JsonProperty(value = "true", required = true) List<String> whenTrue,
            @JsonProperty(value = "false", required = true) List<String> whenFalse) {

        Spellings {
            whenTrue = List.copyOf(whenTrue);
            whenFalse = List.copyOf(whenFalse);
        }
    }

    /**
     * Takes the first group of the first match out of the text, which is counted as fixed where something was left out; a
     * text without a match becomes absent, which is counted as unreadable.
     */
    record Extract(
            @JsonProperty(required = true) Pattern pattern,
            @JsonProperty(required = true) String fixed,
            @JsonProperty(required = true) String unreadable) {

        Extract {
            if (pattern.matcher("").groupCount() < 1) {
                throw new IllegalArgumentException(
                        "Cannot extract by pattern: %s (expected a group that holds the result)".formatted(pattern));
            }
        }
    }

    /**
     * Takes the text apart into the groups of a pattern that matches all of it, line breaks as well; a part without text
     * is absent, which is counted as {@code <column>_incomplete}. A text that does not match breaks the rule
     * {@code <column>_unsplittable}. The part that has the column's own name replaces its text.
     */
    record Split(
            @JsonProperty(required = true) Pattern pattern,
            @JsonProperty(required = true) List<String> into,
            @JsonProperty(required = true) String allowed) {

        Split {
            into = List.copyOf(into);
            pattern = Pattern.compile(pattern.pattern(), Pattern.DOTALL);
            if (pattern.matcher("").groupCount() != into.size()) {
                throw new IllegalArgumentException(
                        "Cannot split by pattern: %s (expected a group for each of %s)".formatted(pattern, into));
            }
        }
    }
}
