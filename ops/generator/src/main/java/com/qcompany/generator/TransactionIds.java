package com.qcompany.generator;

/**
 * Transaction ids that look random and never repeat: a permutation of the twelve-digit numbers (a Feistel network over
 * two halves of six digits), so that no list of the ids given out is needed.
 */
final class TransactionIds {

    /** Most rows a group may have. */
    static final int ROWS_PER_GROUP = 10_000_000;
    /** Most groups a seed may have. */
    static final int GROUPS = 100_000;

    private static final int HALF = 1_000_000;
    private static final int ROUNDS = 4;

    private final long seed;

    TransactionIds(long seed) {
        this.seed = seed;
    }

    /** Id of a row of a group, {@code trx-} and twelve digits. Groups count from 1, rows from 0. */
    String id(int group, int row) {
        long number = (group - 1L) * ROWS_PER_GROUP + row;
        int left = (int) (number / HALF);
        int right = (int) (number % HALF);
        for (int round = 0; round < ROUNDS; round++) {
            int mixed = (left + scramble(right, round)) % HALF;
            left = right;
            right = mixed;
        }
        char[] text = "trx-000000000000".toCharArray();
        digits(text, 9, left);
        digits(text, 15, right);
        return new String(text);
    }

    private int scramble(int half, int round) {
        long z = (seed + half) * 0x9E3779B97F4A7C15L + round * 0xD1B54A32D192ED03L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (int) Long.remainderUnsigned(z ^ (z >>> 31), HALF);
    }

    private static void digits(char[] text, int last, int value) {
        int rest = value;
        for (int at = last; rest > 0; at--) {
            text[at] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
