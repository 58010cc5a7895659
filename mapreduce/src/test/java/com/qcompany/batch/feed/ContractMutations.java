package com.qcompany.batch.feed;

import com.qcompany.batch.feed.ColumnExtension.Tolerance;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.feed.ValueOptions.Bound;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Breaks each rule of a contract, as the contract declares it, in good lines: what each column must hold, what must hold
 * across them, and the shape of a record. Lines have no quotes and all columns of the header.
 */
public final class ContractMutations {

    /**
     * A line that breaks one rule.
     *
     * @param explained what the message about it says
     * @param waits whether the line waits for a reference
     */
    public record Mutation(String code, String line, String explained, boolean waits) {}

    private final Feed feed;
    private final FeedHeader header;
    private final FeedParser parser;
    private final List<String> good;
    private final List<Mutation> found = new ArrayList<>();

    private ContractMutations(Feed feed, List<String> names, List<String> good) {
        this.feed = feed;
        this.header = FeedHeader.bind(feed, "good.csv", names);
        this.parser = new FeedParser(header, (table, key) -> true);
        this.good = good;
    }

    /** At least one mutation for each rule that a line can break. */
    public static List<Mutation> of(Feed feed, List<String> names, List<String> good) {
        ContractMutations mutations = new ContractMutations(feed, names, good);
        feed.columns().forEach(mutations::breakColumn);
        feed.contract().body().rules().forEach(mutations::breakRule);
        feed.contract().body().customProperties().derivations().forEach(mutations::overflow);
        mutations.breakShape();
        return mutations.found;
    }

    /** Codes of all rules that a contract declares. */
    public static List<String> declared(Feed feed) {
        List<String> codes = new ArrayList<>();
        for (FeedColumn column : feed.columns()) {
            ValueOptions options = column.logicalTypeOptions();
            Map<String, Boolean> has = Map.of(
                    "_missing",
                    column.required() && column.whenAbsent() == null,
                    "_invalid",
                    column.columnType().kind() != Kind.TEXT,
                    "_out_of_range",
                    options.hasBounds(),
                    "_not_allowed",
                    !column.validValues().isEmpty(),
                    "_malformed",
                    options.pattern() != null,
                    "_unsplittable",
                    column.customProperties().split() != null);
            has.forEach((suffix, declared) -> {
                if (declared) {
                    codes.add(column.code(suffix));
                }
            });
            column.relationships()
                    .forEach(reference -> codes.add(reference.customProperties().code()));
        }
        Contract.Body body = feed.contract().body();
        body.rules().forEach(rule -> codes.add(rule.name()));
        body.customProperties().derivations().forEach(derived -> codes.add(derived.name() + "_inexact"));
        return codes;
    }

    private void breakColumn(FeedColumn column) {
        ColumnExtension extension = column.customProperties();
        if (column.required() && column.whenAbsent() == null) {
            add(column, "_missing", "");
            if (extension.tolerates().contains(Tolerance.PLACEHOLDER)) {
                feed.contract().body().customProperties().placeholders().forEach(word -> add(column, "_missing", word));
            }
        }
        if (column.columnType().kind() != Kind.TEXT) {
            Stream.of("12x", "99999999999999999999999", "2023-02-30", "1.50000001")
                    .forEach(text -> add(column, "_invalid", text));
        } else if (extension.identifier() != null) {
            add(column, "_invalid", "a\u0001b");
        }
        for (Bound bound :
                column.logicalTypeOptions().bounds(column.columnType().kind(), Clock.systemUTC())) {
            beyond(column, bound).forEach(text -> add(column, "_out_of_range", text));
        }
        if (!column.validValues().isEmpty()) {
            add(column, "_not_allowed", "none of these words");
        }
        if (column.logicalTypeOptions().pattern() != null) {
            add(column, "_malformed", "?!");
        }
        if (extension.split() != null) {
            add(column, "_unsplittable", "nothing to split");
        }
        for (FeedColumn.Reference reference : column.relationships()) {
            String line = with(good.get(0), column, "987654321");
            found.add(new Mutation(reference.customProperties().code(), line, "a key of " + reference.table(), true));
        }
    }

    /** Values next to a bound, that it does not allow; of dates two days away, for a day may begin before the line is loaded. */
    private static List<String> beyond(FeedColumn column, Bound bound) {
        Object value = bound.value();
        if (value instanceof LocalDate date) {
            DateTimeFormatter format = DateTimeFormatter.ofPattern(
                    Objects.requireNonNull(column.logicalTypeOptions().format()));
            return Stream.of(date.minusDays(2), date, date.plusDays(2))
                    .filter(day -> !bound.allows(day))
                    .map(format::format)
                    .toList();
        }
        BigDecimal number = (BigDecimal) value;
        return Stream.of(number.subtract(BigDecimal.ONE), number, number.add(BigDecimal.ONE))
                .filter(next -> !bound.allows(next))
                .map(BigDecimal::toPlainString)
                .toList();
    }

    private void add(FeedColumn column, String suffix, String text) {
        for (String line : good) {
            found.add(new Mutation(column.code(suffix), with(line, column, text), column.name() + ": ", false));
        }
    }

    /** Finds lines that break a rule by setting one or two columns to what other lines, or their words, have there. */
    private void breakRule(Contract.Rule rule) {
        List<String> lines = good.stream()
                .flatMap(line -> changed(line, feed.columns()).stream())
                .toList();
        List<String> twice = lines.stream()
                .flatMap(line -> changed(line, feed.columns()).stream())
                .toList();
        Stream.concat(lines.stream(), twice.stream())
                .filter(line -> codes(line).equals(List.of(rule.name())))
                .distinct()
                .limit(20)
                .forEach(line -> found.add(new Mutation(rule.name(), line, rule.description(), false)));
    }

    private List<String> changed(String line, List<FeedColumn> columns) {
        List<String> changed = new ArrayList<>();
        for (FeedColumn column : columns) {
            ColumnExtension.Spellings spellings = column.customProperties().spellings();
            if (spellings != null) {
                changed.add(with(line, column, spellings.whenTrue().get(0)));
                changed.add(with(line, column, spellings.whenFalse().get(0)));
            } else if (!column.required()) {
                good.forEach(
                        other -> changed.add(with(line, column, fields(other).get(position(column)))));
            }
        }
        return changed;
    }

    /** Finds a line whose numbers are so large that what is derived has no place. */
    private void overflow(Contract.Derivation derived) {
        String line = good.get(0);
        for (FeedColumn column : feed.columns()) {
            if (column.columnType().isNumber() && column.relationships().isEmpty()) {
                line = with(line, column, column.columnType().kind() == Kind.DECIMAL ? "99999999999999" : "2147483647");
            }
        }
        String code = derived.name() + "_inexact";
        if (codes(line).equals(List.of(code))) {
            found.add(new Mutation(code, line, "a result that " + derived.type(), false));
        }
    }

    private void breakShape() {
        for (String line : good) {
            found.add(new Mutation("too_many_fields", line + ",more", "at most one field", false));
            found.add(new Mutation(
                    "too_few_fields",
                    String.join(",", fields(line).subList(0, 2)),
                    "only trailing optional columns",
                    false));
            found.add(new Mutation("csv_malformed", "\"a\"b," + line, "RFC 4180", false));
        }
    }

    private List<String> codes(String line) {
        return parser.parse(line) instanceof Rejected rejected ? rejected.codes() : List.of();
    }

    private int position(FeedColumn column) {
        return header.position(feed.indexOf(column.name()));
    }

    private String with(String line, FeedColumn column, String text) {
        List<String> fields = fields(line);
        fields.set(position(column), text);
        return String.join(",", fields);
    }

    private static List<String> fields(String line) {
        return new ArrayList<>(Arrays.asList(line.split(",", -1)));
    }
}
