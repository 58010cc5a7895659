package com.qcompany.batch.feed;

import com.qcompany.batch.feed.Outcome.Accepted;
import com.qcompany.batch.feed.Outcome.Rejected;
import com.qcompany.batch.feed.Outcome.Waiting;
import com.qcompany.warehouse.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A record while it is cleaned and judged: its values so far, what was mended, and the rules it breaks. */
final class RowDraft {

    /** A value that breaks a rule, null where it cannot be read; rules that read it are not applied. */
    private record Broken(@Nullable Object value) {}

    /** Longest part of a text that a message repeats, in characters. */
    private static final int LONGEST_QUOTE = 200;

    /** A broken rule, with the column that is reported and its text; it waits where the key may become known later. */
    private record Breach(String code, String column, @Nullable String value, String sentence, boolean waits) {}

    private final FeedHeader header;
    private final List<Column> fields;
    private final List<String> received;
    private final @Nullable Object[] values;
    private final List<String> fixes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Breach> breaches = new ArrayList<>();

    RowDraft(FeedHeader header, List<Column> fields, List<String> received) {
        this.header = header;
        this.fields = fields;
        this.received = received;
        this.values = new @Nullable Object[fields.size()];
    }

    /** A field's value; null where there is none that is right. */
    @Nullable
    Object value(int field) {
        return values[field] instanceof Broken ? null : values[field];
    }

    /** The same, whatever rules it breaks. */
    @Nullable
    Object readable(int field) {
        return values[field] instanceof Broken broken ? broken.value() : values[field];
    }

    @Nullable
    Object[] values() {
        return values;
    }

    /** Values of some fields, in their order. */
    @Nullable
    Object[] values(int[] wanted) {
        @Nullable Object[] found = new @Nullable Object[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            found[i] = values[wanted[i]];
        }
        return found;
    }

    void set(int field, @Nullable Object value) {
        values[field] = value;
    }

    void fixed(String code) {
        fixes.add(code);
    }

    /** Notes that a rule is broken of which the contract only warns. */
    void warned(String code) {
        warnings.add(code);
    }

    /** How many fixes, warnings and broken rules are noted so far. */
    int noted() {
        return fixes.size() + warnings.size() + breaches.size();
    }

    List<String> fixes() {
        return fixes;
    }

    /** Notes that a field's own value, or the one computed for it, breaks a rule; so rules that read it are not applied. */
    void breach(int field, String code, @Nullable String computed, String allowed) {
        add(field, code, computed == null ? received(field) : computed, allowed, false);
        values[field] = new Broken(values[field]);
    }

    /** Notes a key that is not known, which leaves the values as they are. */
    void await(int field, String code, String allowed) {
        add(field, code, received(field), allowed, true);
    }

    private void add(int field, String code, @Nullable String value, String allowed, boolean waits) {
        String name = fields.get(field).name();
        String found = value == null || value.isEmpty() ? "\"\"" : beginning(value);
        breaches.add(new Breach(code, name, value, sentence(name + ": " + found, allowed), waits));
    }

    /** Notes a broken rule across fields, which leaves the values as they are; the first that has a text is reported. */
    void violate(int[] reads, String code, String allowed) {
        List<Integer> given = IntStream.of(reads).filter(this::hasText).boxed().toList();
        String found = given.stream()
                .map(field -> fields.get(field).name() + "=" + beginning(String.valueOf(received(field))))
                .collect(Collectors.joining(", "));
        int first = given.isEmpty() ? reads[0] : given.get(0);
        breaches.add(new Breach(
                code, fields.get(first).name(), received(first), sentence("record: " + found, allowed), false));
    }

    /** Breaks fields that cannot be derived because what they derive from is broken. */
    void breakAll(int[] written) {
        for (int field : written) {
            values[field] = new Broken(null);
        }
    }

    boolean anyBroken(int[] read) {
        for (int field : read) {
            if (values[field] instanceof Broken) {
                return true;
            }
        }
        return false;
    }

    /** What became of the record. */
    Outcome outcome(Map<String, String> extras) {
        if (breaches.isEmpty()) {
            return new Accepted(values, extras, List.copyOf(warnings));
        }
        Breach first = breaches.get(0);
        List<String> codes = breaches.stream().map(Breach::code).toList();
        String message = breaches.stream().map(Breach::sentence).collect(Collectors.joining("; "));
        Rejected reason = new Rejected(codes, first.column(), first.value(), message);
        return breaches.stream().allMatch(Breach::waits) ? new Waiting(reason) : reason;
    }

    /** As much of a text as a message repeats. */
    static String beginning(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_QUOTE));
    }

    private static String sentence(String found, String allowed) {
        return "Cannot accept %s (allowed: %s)".formatted(found, allowed);
    }

    private boolean hasText(int field) {
        String text = received(field);
        return text != null && !text.isBlank();
    }

    /** Text of a field as received; null where the record does not have it or it is derived. */
    private @Nullable String received(int field) {
        int position = header.position(field);
        return position < 0 || position >= received.size() ? null : received.get(position);
    }
}
