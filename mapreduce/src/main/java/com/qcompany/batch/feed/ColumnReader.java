package com.qcompany.batch.feed;

import com.qcompany.batch.feed.Cleaner.TextFix;
import com.qcompany.batch.feed.FeedColumn.Range;
import com.qcompany.batch.feed.FeedColumn.Spellings;
import com.qcompany.warehouse.schema.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Trims, cleans, parses and checks the text of one column: a {@link FeedColumn} compiled. Not thread-safe. */
final class ColumnReader {

    private record Check(String code, String allowed, Predicate<Object> passes) {}

    private final int field;
    private final boolean required;
    private final @Nullable Object whenAbsent;
    private final int trimmed;
    private final TextFix[] cleaners;
    private final ValueParser parser;
    private final Check[] checks;
    private final String missing;
    private final String invalid;

    ColumnReader(FeedColumn column, int field, FixCounts fixes) {
        this.field = field;
        this.required = column.required();
        Spellings spellings = column.spellings();
        this.whenAbsent = (spellings != null && spellings.whenFalse().contains("")) ? Boolean.FALSE : null;
        this.trimmed = fixes.number("text_trimmed");
        this.cleaners =
                column.clean().stream().map(cleaner -> cleaner.compile(fixes)).toArray(TextFix[]::new);
        this.parser = parser(column);
        this.checks = checks(column).toArray(Check[]::new);
        this.missing = column.name() + "_missing";
        this.invalid = column.name() + "_invalid";
    }

    /** Reads the text from one index to another. */
    void read(String text, int from, int to, RowDraft row) {
        int start = from;
        int end = to;
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (start < end && isBlank(text.charAt(end - 1))) {
            end--;
        }
        if (end - start < to - from) {
            row.fixed(trimmed);
        }
        if (cleaners.length == 0) {
            parse(text, start, end, row);
            return;
        }
        String cleaned = text.substring(start, end);
        for (int i = 0; i < cleaners.length && !cleaned.isEmpty(); i++) {
            cleaned = cleaners[i].apply(cleaned, row);
        }
        parse(cleaned, 0, cleaned.length(), row);
    }

    /** Takes the column for empty. */
    void readNothing(RowDraft row) {
        parse("", 0, 0, row);
    }

    private void parse(String text, int start, int end, RowDraft row) {
        if (start == end) {
            if (required && whenAbsent == null) {
                row.spoil(field, missing, "a value is required");
            } else {
                row.set(field, whenAbsent);
            }
            return;
        }
        Object value = parser.parse(text, start, end);
        if (value == null) {
            row.spoil(field, invalid, parser.expected());
            return;
        }
        row.set(field, value);
        for (Check check : checks) {
            if (!check.passes.test(value)) {
                row.spoil(field, check.code, check.allowed);
                return;
            }
        }
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || (c > 127 && (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF'));
    }

    private static ValueParser parser(FeedColumn column) {
        ColumnType type = column.columnType();
        return switch (type.kind()) {
            case INT -> new WholeNumberParser(false);
            case BIGINT -> new WholeNumberParser(true);
            case DECIMAL -> new DecimalParser(type);
            case TEXT -> new TextParser();
            case DATE -> new DateParser(column.dates());
            case BOOLEAN -> new SpellingParser(Objects.requireNonNull(column.spellings()));
            case TIMESTAMP, TEXT_LIST, TEXT_MAP ->
                throw new IllegalArgumentException("Cannot read a column of type %s".formatted(type.hiveName()));
        };
    }

    private static List<Check> checks(FeedColumn column) {
        List<Check> checks = new ArrayList<>();
        Range range = column.range();
        if (range != null) {
            checks.add(new Check(column.name() + "_out_of_range", range.text(), value -> range.holds(decimal(value))));
        }
        if (!column.allowed().isEmpty()) {
            Set<String> allowed = Set.copyOf(column.allowed());
            checks.add(new Check(
                    column.name() + "_not_allowed",
                    "one of " + String.join(", ", column.allowed()),
                    value -> allowed.contains((String) value)));
        }
        var pattern = FeedColumn.compile(column.name(), column.pattern());
        if (pattern != null) {
            Matcher matcher = pattern.matcher("");
            checks.add(new Check(
                    column.name() + "_malformed", "text that matches " + pattern, value -> matcher.reset((String) value)
                            .matches()));
        }
        return checks;
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(((Number) number).longValue());
    }
}
