package com.qcompany.batch.feed;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record while it is being cleaned and judged: its values so far and the rules it breaks. Reused. */
final class RowDraft {

    /** Stands for a value that breaks a rule; rules that read it are not applied. */
    private static final Object BROKEN = new Object();

    /** A broken rule. */
    record Breach(String code, int field, String allowed) {}

    private final int width;
    private final FixCounts fixes;
    private final List<Breach> breaches = new ArrayList<>();
    private @Nullable Object[] values;

    RowDraft(int width, FixCounts fixes) {
        this.width = width;
        this.fixes = fixes;
        this.values = new @Nullable Object[width];
    }

    void begin() {
        values = new @Nullable Object[width];
        breaches.clear();
        fixes.forget();
    }

    @Nullable
    Object[] values() {
        return values;
    }

    void set(int field, @Nullable Object value) {
        values[field] = value;
    }

    void fixed(int number) {
        fixes.note(number);
    }

    /** Notes that a field's own value breaks a rule, which spoils it for the rules that read it. */
    void spoil(int field, String code, String allowed) {
        violate(field, code, allowed);
        values[field] = BROKEN;
    }

    /** Notes a broken rule that leaves the values as they are. */
    void violate(int field, String code, String allowed) {
        breaches.add(new Breach(code, field, allowed));
    }

    /** Spoils fields that cannot be derived because what they derive from is spoilt. */
    void spread(int[] fields) {
        for (int field : fields) {
            values[field] = BROKEN;
        }
    }

    boolean anySpoilt(int[] fields) {
        for (int field : fields) {
            if (values[field] == BROKEN) {
                return true;
            }
        }
        return false;
    }

    List<Breach> breaches() {
        return breaches;
    }
}
