package com.qcompany.batch.feed;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
