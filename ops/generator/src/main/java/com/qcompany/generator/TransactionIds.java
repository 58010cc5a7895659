package com.qcompany.generator;

import java.util.Locale;

/** Transaction ids that look random and never repeat, so that no list of the ids given out is needed. */
record TransactionIds(long seed) {

    /** Most rows a group may have. */
    static final int ROWS_PER_GROUP = 10_000_000;

    /** Most groups a seed may have. */
    static final int GROUPS = 100_000;

    private static final long IDS = 1_000_000_000_000L;

    /** It and {@link #IDS} have no common divisor, so that it permutes their numbers; applied twice it spreads them. */
    private static final long FACTOR = 6_180_339;

    private static final long BETWEEN_SEEDS = 381_966_011_251L;

    /** Id of a row of a group, {@code trx-} and twelve digits. Groups count from 1, rows from 0. */
    String id(int group, int row) {
        long number = (group - 1L) * ROWS_PER_GROUP + row + Math.floorMod(seed, 1_000_000) * BETWEEN_SEEDS;
        return String.format(Locale.ROOT, "trx-%012d", number % IDS * FACTOR % IDS * FACTOR % IDS);
    }
}
