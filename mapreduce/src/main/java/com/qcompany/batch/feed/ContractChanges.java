package com.qcompany.batch.feed;

import com.qcompany.batch.feed.ColumnExtension.Spellings;
import com.qcompany.batch.feed.Contract.Rule;
import com.qcompany.batch.feed.Contract.UnknownColumns;
import com.qcompany.warehouse.contract.EventContract;
import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.ColumnType.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What differs between two contracts of a feed. Words for people, such as descriptions, are not compared. */
public final class ContractChanges {

    /** One difference, such as {@code units: range}, and how the contracts go together with it alone. */
    public record Change(String what, Compatibility compatibility) {}

    private final List<Change> changes = new ArrayList<>();

    private ContractChanges() {}

    /** The differences of a contract from the one before it. */
    public static List<Change> between(Feed before, Feed after) {
        ContractChanges found = new ContractChanges();
        found.compare(before.contract().body(), after.contract().body());
        return List.copyOf(found.changes);
    }

    /** The differences of a contract of events; its fields and their types are those of the table. */
    public static List<Change> between(EventContract before, EventContract after) {
        ContractChanges found = new ContractChanges();
        for (EventContract.Field field : after.fields()) {
            EventContract.Field old = before.field(field.column().name());
            found.meaning(field.path() + ": name", old.path(), field.path());
            found.required(field.path() + ": ", old.required(), field.required());
            found.more(field.path() + ": tolerates", old.tolerates(), field.tolerates());
        }
        return List.copyOf(found.changes);
    }

    /** How contracts with these differences go together. */
    public static Compatibility together(List<Change> changes) {
        return changes.stream().map(Change::compatibility).reduce(Compatibility.FULL, Compatibility::and);
    }

    private void compare(Contract.Body before, Contract.Body after) {
        Set<String> compared = new HashSet<>();
        for (FeedColumn column : before.properties()) {
            Optional<FeedColumn> same = counterpart(column, after.properties());
            if (same.isPresent()) {
                compared.add(same.get().name());
                compareColumns(column, same.get());
            } else {
                add(
                        column.name() + ": no longer declared",
                        column.mayBeMissing() ? Compatibility.FULL : Compatibility.BACKWARD);
            }
        }
        for (FeedColumn column : after.properties()) {
            if (!compared.contains(column.name())) {
                add(
                        column.name() + ": new column",
                        column.mayBeMissing() && !column.required() ? Compatibility.FULL : Compatibility.FORWARD);
            }
        }
        compareRules(byName(before.rules()), byName(after.rules()));
        compareExtensions(before.customProperties(), after.customProperties());
    }

    /** The column of its name, or the one that took over its name as an alias. */
    private static Optional<FeedColumn> counterpart(FeedColumn column, List<FeedColumn> others) {
        return Stream.concat(
                        others.stream().filter(other -> other.name().equals(column.name())),
                        others.stream().filter(other -> other.headerNames().contains(column.name())))
                .findFirst();
    }

    private void compareColumns(FeedColumn before, FeedColumn after) {
        String name = after.name() + ": ";
        ColumnExtension old = before.customProperties();
        ColumnExtension young = after.customProperties();
        more(name + "names", before.headerNames(), after.headerNames());
        looser(name + "type", before.columnType(), after.columnType(), ContractChanges::holds);
        required(name, before.required(), after.required());
        looser(name + "mayBeMissing", before.mayBeMissing(), after.mayBeMissing(), (strict, loose) -> !strict || loose);
        looser(
                name + "formats",
                before.formats(),
                after.formats(), // the first that fits counts
                (strict, loose) -> Collections.indexOfSubList(loose, strict) == 0);
        more(name + "tolerates", old.tolerates(), young.tolerates());
        more(name + "spellings of true", words(old, Spellings::whenTrue), words(young, Spellings::whenTrue));
        more(name + "spellings of false", words(old, Spellings::whenFalse), words(young, Spellings::whenFalse));
        Kind kind = after.columnType().kind();
        looser(
                name + "range",
                before.logicalTypeOptions(),
                after.logicalTypeOptions(),
                (strict, loose) -> strict.isWithin(loose, kind, Clock.systemUTC()));
        looser(
                name + "allowed words",
                allowed(before),
                allowed(after),
                (strict, loose) -> loose.isEmpty() || !strict.isEmpty() && loose.containsAll(strict));
        looser(
                name + "pattern",
                String.valueOf(before.logicalTypeOptions().pattern()),
                String.valueOf(after.logicalTypeOptions().pattern()),
                (strict, loose) -> loose.equals("null") || loose.equals(strict));
        looser(
                name + "references",
                before.relationships(),
                after.relationships(),
                (strict, loose) -> strict.containsAll(loose));
        severity(name, old.severity(), young.severity());
        limit(name, old.limit(), young.limit());
        meaning(name + "added", old.added(), young.added());
        meaning(name + "identifier", old.identifier(), young.identifier());
        meaning(name + "extract", old.extract(), young.extract());
        meaning(name + "split", old.split(), young.split());
    }

    private void compareRules(Map<String, Rule> before, Map<String, Rule> after) {
        before.forEach((name, old) -> {
            Rule young = after.get(name);
            if (young == null) {
                add(name + ": rule left out", Compatibility.BACKWARD);
            } else {
                meaning(name + ": implementation", old.implementation(), young.implementation());
                severity(name + ": ", old.severity(), young.severity());
                limit(name + ": ", old.limit(), young.limit());
            }
        });
        after.forEach((name, rule) -> {
            if (!before.containsKey(name)) {
                add(
                        name + ": new rule",
                        rule.severity() == Severity.WARN && rule.limit() == null
                                ? Compatibility.FULL
                                : Compatibility.FORWARD);
            }
        });
    }

    private void compareExtensions(Contract.Extension before, Contract.Extension after) {
        meaning("filePattern", before.filePattern(), after.filePattern());
        meaning("placeholders", before.placeholders(), after.placeholders());
        meaning("corrections", before.corrections(), after.corrections());
        meaning("derivations", before.derivations(), after.derivations());
        meaning("outputs", before.outputs(), after.outputs());
        looser(
                "unknownColumns",
                before.unknownColumns(),
                after.unknownColumns(),
                (strict, loose) -> loose != UnknownColumns.FAIL || strict == UnknownColumns.FAIL);
        looser("mayBeMissing", before.mayBeMissing(), after.mayBeMissing(), (strict, loose) -> !strict || loose);
        limit("rejections: ", before.rejections(), after.rejections());
    }

    private void add(String what, Compatibility compatibility) {
        changes.add(new Change(what, compatibility));
    }

    /** Of what has an order: whether the first is at least as strict as the second. */
    private <T> void looser(String what, T before, T after, BiPredicate<T, T> atLeastAsStrict) {
        boolean loosened = atLeastAsStrict.test(before, after);
        boolean tightened = atLeastAsStrict.test(after, before);
        if (!loosened || !tightened) {
            add(what, loosened ? Compatibility.BACKWARD : tightened ? Compatibility.FORWARD : Compatibility.NONE);
        }
    }

    /** Of texts that are taken: the more, the looser. */
    private <T> void more(String what, Collection<T> before, Collection<T> after) {
        looser(what, Set.copyOf(before), Set.copyOf(after), (strict, loose) -> loose.containsAll(strict));
    }

    private void meaning(String what, @Nullable Object before, @Nullable Object after) {
        // Patterns are equal where their texts are.
        if (!Objects.toString(before).equals(Objects.toString(after))) {
            add(what, Compatibility.NONE);
        }
    }

    private void required(String name, boolean before, boolean after) {
        looser(name + "required", before, after, (strict, loose) -> strict || !loose);
    }

    private void severity(String name, Severity before, Severity after) {
        looser(name + "severity", before, after, (strict, loose) -> strict.compareTo(loose) >= 0);
    }

    private void limit(String name, @Nullable Limit before, @Nullable Limit after) {
        looser(
                name + "limit",
                Optional.ofNullable(before),
                Optional.ofNullable(after),
                (strict, loose) -> loose.isEmpty()
                        || strict.isPresent()
                                && strict.get().unit() == loose.get().unit()
                                && strict.get()
                                                .mustBeLessOrEqualTo()
                                                .compareTo(loose.get().mustBeLessOrEqualTo())
                                        <= 0);
    }

    /** Whether a type has every value of another. */
    private static boolean holds(ColumnType narrow, ColumnType wide) {
        boolean hasDigits = narrow.isNumber()
                && wide.kind() == Kind.DECIMAL
                && wide.scale() >= narrow.scale()
                && wide.precision() - wide.scale() >= wholeDigits(narrow);
        return narrow.equals(wide) || narrow.kind() == Kind.INT && wide.kind() == Kind.BIGINT || hasDigits;
    }

    private static int wholeDigits(ColumnType number) {
        return number.kind() == Kind.INT ? 10 : number.kind() == Kind.BIGINT ? 19 : number.precision() - number.scale();
    }

    private static List<String> words(ColumnExtension column, Function<Spellings, List<String>> which) {
        Spellings spellings = column.spellings();
        return spellings == null ? List.of() : which.apply(spellings);
    }

    private static Set<String> allowed(FeedColumn column) {
        return column.validValues().stream()
                .flatMap(valid -> valid.arguments().validValues().stream())
                .collect(Collectors.toSet());
    }

    private static Map<String, Rule> byName(List<Rule> rules) {
        Map<String, Rule> named = new HashMap<>();
        for (Rule rule : rules) {
            String name = rule.name();
            while (named.putIfAbsent(name, rule) != null) {
                name += ", again"; // a contract may have two of a name
            }
        }
        return named;
    }
}
