package com.qcompany.batch.feed;

import static com.qcompany.batch.feed.FeedJson.orEmpty;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A declared fix of a column's text that is not empty. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @Type(value = Cleaner.Extract.class, name = "extract"),
    @Type(value = Cleaner.AbsentIf.class, name = "absent_if")
})
public sealed interface Cleaner {

    /** A compiled cleaner, with its own buffers. */
    @FunctionalInterface
    interface TextFix {
        /** The cleaned text; empty where the value counts as absent. */
        String apply(String text, RowDraft row);
    }

    /** The cleaner, counting its fixes. */
    TextFix compile(FixCounts fixes);

    /**
     * Takes the first group of the first match out of the text; a text without a match becomes absent.
     *
     * @param pattern regular expression with a group
     * @param fixed code of having left something out
     * @param unreadable code of having found nothing
     */
    record Extract(
            @JsonProperty(required = true) String pattern,
            @JsonProperty(required = true) String fixed,
            @JsonProperty(required = true) String unreadable)
            implements Cleaner {

        public Extract {
            Pattern compiled = Objects.requireNonNull(FeedColumn.compile("extract", pattern));
            if (compiled.matcher("").groupCount() < 1) {
                throw new IllegalArgumentException(
                        "Cannot extract by pattern: %s (expected a group that holds the result)".formatted(pattern));
            }
        }

        @Override
        public TextFix compile(FixCounts fixes) {
            Matcher matcher = Pattern.compile(pattern).matcher("");
            int fixedNumber = fixes.number(fixed);
            int unreadableNumber = fixes.number(unreadable);
            return (text, row) -> {
                if (!matcher.reset(text).find()) {
                    row.fixed(unreadableNumber);
                    return "";
                }
                if (matcher.end(1) - matcher.start(1) == text.length()) {
                    return text;
                }
                row.fixed(fixedNumber);
                return matcher.group(1);
            };
        }
    }

    /**
     * Takes spellings of nothing, such as {@code NULL} or {@code n/a}, for an absent value.
     *
     * @param values the spellings, in any case
     * @param fixed code of having met one
     */
    record AbsentIf(@JsonProperty(required = true) List<String> values, @JsonProperty(required = true) String fixed)
            implements Cleaner {

        public AbsentIf {
            values = orEmpty(values);
        }

        @Override
        public TextFix compile(FixCounts fixes) {
            int number = fixes.number(fixed);
            return (text, row) -> {
                for (String value : values) {
                    if (value.equalsIgnoreCase(text)) {
                        row.fixed(number);
                        return "";
                    }
                }
                return text;
            };
        }
    }
}
