package com.qcompany.batch.feed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjLongConsumer;

/**
 * How often each fix was made in accepted records. Fixes are numbered when rules are compiled, so that counting one is
 * an addition.
 */
public final class FixCounts {

    private final List<String> codes = new ArrayList<>();
    private long[] counts = new long[8];
    private int[] pending = new int[16];
    private int pendingCount;

    FixCounts() {}

    /** Calls the consumer with each code and its count, if above 0, and starts again from 0. */
    public void drain(ObjLongConsumer<String> consumer) {
        for (int i = 0; i < codes.size(); i++) {
            if (counts[i] > 0) {
                consumer.accept(codes.get(i), counts[i]);
            }
        }
        Arrays.fill(counts, 0);
    }

    /** Number of a code, given it on the first call. */
    int number(String code) {
        int known = codes.indexOf(code);
        if (known >= 0) {
            return known;
        }
        codes.add(code);
        counts = codes.size() > counts.length ? Arrays.copyOf(counts, 2 * counts.length) : counts;
        return codes.size() - 1;
    }

    /** Notes a fix of the current record. */
    void note(int number) {
        if (pendingCount == pending.length) {
            pending = Arrays.copyOf(pending, 2 * pending.length);
        }
        pending[pendingCount++] = number;
    }

    /** Counts the noted fixes. */
    void count() {
        for (int i = 0; i < pendingCount; i++) {
            counts[pending[i]]++;
        }
        pendingCount = 0;
    }

    /** Forgets the noted fixes: the record was rejected. */
    void forget() {
        pendingCount = 0;
    }
}
