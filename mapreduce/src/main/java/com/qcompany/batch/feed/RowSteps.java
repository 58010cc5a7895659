package com.qcompany.batch.feed;

import static com.qcompany.warehouse.contract.KeyException.naming;

import com.qcompany.batch.feed.ColumnExtension.Split;
import com.qcompany.batch.feed.Contract.Derivation;
import com.qcompany.batch.feed.Contract.Rule;
import com.qcompany.warehouse.schema.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.stream.IntStream;

/** Compiles what a contract says across fields. */
record RowSteps(FeedFields fields) {

    private static final int[] NOTHING = {};

    /**
     * One compiled step of judging a record. It is not applied where a value that it reads is broken; what it would have
     * written is then broken too.
     */
    record RowStep(int[] reads, int[] writes, Consumer<RowDraft> action) {

        void apply(RowDraft row) {
            if (row.anyBroken(reads)) {
                row.breakAll(writes);
            } else {
                action.accept(row);
            }
        }
    }

    /** New steps, in order: texts are taken apart, numbers derived, rules checked, keys looked up. */
    List<RowStep> of(Contract.Body body, BiPredicate<String, Object> keys) {
        List<RowStep> steps = new ArrayList<>();
        for (FeedColumn column : body.properties()) {
            Split split = column.customProperties().split();
            if (split != null) {
                steps.add(split(column.name(), split));
            }
        }
        body.customProperties()
                .derivations()
                .forEach(derived -> steps.add(naming("derivations", derived.name(), () -> derive(derived))));
        body.rules().forEach(rule -> steps.add(naming("quality", rule.name(), () -> check(rule))));
        for (FeedColumn column : body.properties()) {
            column.relationships().forEach(reference -> steps.add(lookUp(column.name(), reference, keys)));
        }
        return steps;
    }

    private RowStep split(String column, Split split) {
        int source = fields.indexOf(column);
        int[] targets = fields.indexesOf(split.into());
        Matcher matcher = split.pattern().matcher("");
        return new RowStep(new int[] {source}, targets, row -> {
            String text = (String) row.values()[source];
            if (text == null) {
                return;
            }
            if (matcher.reset(text).matches()) {
                setParts(column, matcher, targets, row);
            } else {
                row.breach(source, column + "_unsplittable", null, split.allowed());
                row.breakAll(targets);
            }
        });
    }

    private static void setParts(String column, Matcher matcher, int[] targets, RowDraft row) {
        boolean complete = true;
        for (int i = 0; i < targets.length; i++) {
            String part = TextCleaner.withoutBlankEnds(Objects.toString(matcher.group(i + 1), ""));
            row.set(targets[i], part.isEmpty() ? null : part);
            complete &= !part.isEmpty();
        }
        if (!complete) {
            row.fixed(column + "_incomplete");
        }
    }

    private RowStep derive(Derivation derived) {
        Formula formula = new Formula(derived.name(), derived.expression(), fields, Number.class);
        ColumnType target = ColumnType.parse(derived.type());
        int index = fields.indexOf(derived.name());
        if (IntStream.of(formula.reads()).anyMatch(read -> read >= index)) {
            throw new IllegalArgumentException("Cannot compute %s from what is computed after it: %s (change the order)"
                    .formatted(derived.name(), derived.expression()));
        }
        return new RowStep(formula.reads(), new int[] {index}, row -> {
            BigDecimal result = null;
            try {
                Object found = formula.of(row);
                result = found == null || found instanceof BigDecimal
                        ? (BigDecimal) found
                        : new BigDecimal(found.toString());
                if (result != null || !derived.required()) {
                    row.set(index, result == null ? null : ValueParser.fitted(result, target));
                    return;
                }
            } catch (ArithmeticException e) {
                // Told below with what is known of the result.
            }
            String computed = result == null ? "no exact result of " + derived.expression() : result.toPlainString();
            String allowed = "a result that %s holds exactly".formatted(derived.type());
            row.breach(index, derived.name() + "_inexact", computed, allowed);
        });
    }

    private RowStep check(Rule rule) {
        if (rule.engine().equals(Rule.JAVA)) {
            RowRule java = javaRule(rule.implementation());
            int[] reads = fields.indexesOf(java.reads());
            return check(rule, reads, row -> java.holds(row.values(reads)));
        }
        Formula formula = new Formula(rule.name(), rule.implementation(), fields, Boolean.class);
        return check(rule, formula.reads(), row -> holds(formula, row));
    }

    private static RowStep check(Rule rule, int[] reads, Predicate<RowDraft> holds) {
        return new RowStep(reads, NOTHING, row -> {
            if (!holds.test(row)) {
                if (rule.severity() == Severity.WARN) {
                    row.warned(rule.name());
                } else {
                    row.violate(reads, rule.name(), rule.description());
                }
            }
        });
    }

    private static RowRule javaRule(String name) {
        List<ServiceLoader.Provider<RowRule>> found =
                ServiceLoader.load(RowRule.class).stream().toList();
        List<String> names =
                found.stream().map(provider -> provider.type().getName()).toList();
        if (!names.contains(name)) {
            throw new IllegalArgumentException(
                    "Cannot find rule class %s on the class path (found %s; name its jar with -libjars)"
                            .formatted(name, names));
        }
        return found.get(names.indexOf(name)).get();
    }

    private static boolean holds(Formula formula, RowDraft row) {
        try {
            return Boolean.TRUE.equals(formula.of(row));
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private RowStep lookUp(String column, FeedColumn.Reference reference, BiPredicate<String, Object> keys) {
        int index = fields.indexOf(column);
        String table = reference.table();
        String code = reference.customProperties().code();
        return new RowStep(new int[] {index}, NOTHING, row -> {
            Object value = row.values()[index];
            if (value != null && !keys.test(table, value)) {
                row.await(index, code, "a key of " + table);
            }
        });
    }
}
