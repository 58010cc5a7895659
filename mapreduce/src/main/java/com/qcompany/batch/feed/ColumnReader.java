package com.qcompany.batch.feed;

import static com.qcompany.warehouse.state.ErasedCustomers.ERASED;

import com.qcompany.batch.feed.ColumnExtension.Extract;
import com.qcompany.batch.feed.ColumnExtension.Spellings;
import com.qcompany.batch.feed.ColumnExtension.Tolerance;
import com.qcompany.batch.feed.ValueOptions.Bound;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Cleans, parses and checks the text of one column: a {@link FeedColumn} compiled. Not thread-safe. */
final class ColumnReader {

    /** Short texts that are kept with their values; a column with more of them is read without. */
    private static final int MAX_KEPT = 5000;

    private static final int MAX_KEPT_CHARACTERS = 100;

    private record Check(String code, String allowed, Predicate<Object> passes) {}

    private final FeedColumn column;
    private final int field;
    private final @Nullable Object whenAbsent;
    private final TextCleaner cleaner;
    private final @Nullable Extract extract;
    private final Set<String> placeholders = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Tolerance> tolerances;
    private final ValueParser parser;
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    ColumnReader(FeedColumn column, int field, Set<String> placeholders, Clock clock) {
        this.column = column;
        this.field = field;
        this.whenAbsent = column.whenAbsent();
        this.cleaner = new TextCleaner(column.customProperties().identifier());
        this.tolerances = column.customProperties().tolerates();
        this.placeholders.addAll(tolerances.contains(Tolerance.PLACEHOLDER) ? placeholders : Set.of());
        this.extract = column.customProperties().extract();
        this.parser = ValueParser.of(column);
        addChecks(clock);
    }

    /** Index of the value it reads. */
    int field() {
        return field;
    }

    /** Reads the text of a record: cleaned, parsed and checked once where it is one of few and nothing is noted of it. */
    void read(String received, RowDraft row) {
        boolean isKept = values.size() < MAX_KEPT && received.length() <= MAX_KEPT_CHARACTERS;
        Object known = isKept ? values.get(received) : null;
        if (known != null) {
            row.set(field, known);
            return;
        }
        int noted = row.noted();
        readNew(received, row);
        Object value = row.values()[field];
        if (isKept && value != null && row.noted() == noted) {
            values.put(received, value);
        }
    }

    private void readNew(String received, RowDraft row) {
        String text = cleaner.clean(received, row);
        if (text == null) {
            row.breach(field, column.code("_invalid"), null, "an identifier without control characters");
            return;
        }
        if (column.isPersonal() && text.equals(ERASED)) {
            row.set(field, extract == null ? parser.parse(text) : null); // whatever the rules for a value are
            return;
        }
        if (extract != null && !text.isEmpty()) {
            text = extracted(extract, text, row);
        }
        if (text.isEmpty()) {
            readNothing(row);
            return;
        }
        // First: a placeholder may be a number or a date, as -1.
        if (placeholders.contains(text)) {
            row.fixed(Tolerance.PLACEHOLDER.fixed());
            readNothing(row);
            return;
        }
        Object value = parser.parse(text);
        if (value == null) {
            readUnusual(text, row);
        } else {
            check(value, row);
            countRespelling(value, text, row);
        }
    }

    /** Takes the column for empty. */
    void readNothing(RowDraft row) {
        if (column.required() && whenAbsent == null) {
            row.breach(field, column.code("_missing"), null, "a value, and no word that stands for none");
        } else {
            row.set(field, whenAbsent);
        }
    }

    private void readUnusual(String text, RowDraft row) {
        for (Tolerance tolerance : tolerances) {
            String usual = tolerance.usual(text);
            Object value = usual == null ? null : parser.parse(usual);
            if (value != null) {
                row.fixed(tolerance.fixed());
                check(value, row);
                return;
            }
        }
        row.breach(field, column.code("_invalid"), null, parser.expected());
    }

    private void check(Object value, RowDraft row) {
        row.set(field, value);
        for (Check check : checks) {
            if (!check.passes().test(value)) {
                if (column.customProperties().severity() == Severity.WARN) {
                    row.warned(check.code());
                } else {
                    row.breach(field, check.code(), null, check.allowed());
                    return;
                }
            }
        }
    }

    private static String extracted(Extract declared, String text, RowDraft row) {
        Matcher matcher = declared.pattern().matcher(text);
        if (!matcher.find() || matcher.group(1) == null) {
            row.fixed(declared.unreadable());
            return "";
        }
        if (matcher.end(1) - matcher.start(1) < text.length()) {
            row.fixed(declared.fixed());
        }
        return matcher.group(1);
    }

    private void countRespelling(Object value, String text, RowDraft row) {
        Spellings spellings = column.customProperties().spellings();
        if (spellings != null) {
            List<String> words = Boolean.TRUE.equals(value) ? spellings.whenTrue() : spellings.whenFalse();
            if (!text.equals(words.get(0))) {
                row.fixed("boolean_respelled");
            }
        }
    }

    private void addChecks(Clock clock) {
        ValueOptions options = column.logicalTypeOptions();
        Kind kind = column.columnType().kind();
        List<Bound> bounds = options.bounds(kind, clock);
        if (!bounds.isEmpty()) {
            String range = bounds.stream().map(Bound::text).collect(Collectors.joining(" and "));
            bounds.forEach(bound -> checks.add(new Check(column.code("_out_of_range"), range, bound::allows)));
        }
        column.validValues().forEach(valid -> {
            List<String> words = valid.arguments().validValues();
            checks.add(new Check(column.code("_not_allowed"), "one of " + String.join(", ", words), words::contains));
        });
        Pattern pattern = options.pattern();
        if (pattern != null) {
            checks.add(new Check(
                    column.code("_malformed"), "text that matches " + pattern, value -> pattern.matcher((String) value)
                            .matches()));
        }
    }
}
