package com.qcompany.stream.compact;

/**
 * The values of one leaf column of a block of rows, in any order accessible: rows are put in order without being
 * assembled. A value is one number, its code:
 *
 * <pre>
 * 0, 1, …     number of a value in the column's dictionary
 * −1 − d      no value, at definition level d
 * −128 − i    a value that the dictionary lacks, at byte i of {@link #plain}
 * </pre>
 */
final class ColumnValues {

    private static final int NO_VALUE = -1;
    private static final int PLAIN = -128;
    private static final int OBJECT_BYTES = 96;
    private static final int[] NONE = {};

    private final int[] codes;
    /** All bits, or none where all values have the same code, which is kept once. */
    private final int mask;
    /** Where each row begins and the last one ends, if some row has several values. */
    private final int[] starts;

    private final byte[] plain;

    private ColumnValues(int[] codes, int[] starts, byte[] plain) {
        boolean isSame = isSame(codes);
        this.codes = isSame ? new int[] {codes[0]} : codes;
        this.mask = isSame ? 0 : -1;
        this.starts = starts;
        this.plain = plain;
    }

    /**
     * Rows of one value each, or none.
     *
     * @param codes of all rows, not to be changed any more
     * @param plain values that the dictionary lacks
     */
    static ColumnValues of(int[] codes, byte[] plain) {
        return new ColumnValues(codes, NONE, plain);
    }

    /**
     * Rows of several values.
     *
     * @param starts where each row begins, and where the last one ends
     */
    static ColumnValues ofRepeated(int[] codes, int[] starts, byte[] plain) {
        return new ColumnValues(codes, starts, plain);
    }

    /** Rows of which none has a value. */
    static ColumnValues ofNulls() {
        return of(new int[] {absent(0)}, new byte[0]);
    }

    /** The code of no value at a definition level. */
    static int absent(int definition) {
        return NO_VALUE - definition;
    }

    static boolean isAbsent(int code) {
        return code < 0 && code > PLAIN;
    }

    /** The definition level that the code of no value says. */
    static int definition(int code) {
        return NO_VALUE - code;
    }

    /** The code of a value that the dictionary lacks and that begins there. */
    static int plain(int at) {
        return PLAIN - at;
    }

    /** Where a value that the dictionary lacks begins. */
    static int plainAt(int code) {
        return PLAIN - code;
    }

    /** Whether some row has several values. */
    boolean isRepeated() {
        return starts != NONE;
    }

    /** The first value of a row. */
    int start(int row) {
        return starts[row];
    }

    /** The value after a row's last. */
    int end(int row) {
        return starts[row + 1];
    }

    /** The code of a value; a row's, unless some row has several. */
    int code(int value) {
        return codes[value & mask];
    }

    /** Values that the dictionary lacks. */
    byte[] plain() {
        return plain;
    }

    /** The number a row has in a column that is not repeated; the lowest where it has none. */
    long number(int row, ValueDictionary dictionary) {
        int code = code(row);
        if (isAbsent(code)) {
            return Long.MIN_VALUE;
        }
        return code >= 0
                ? dictionary.type().number(dictionary.bytes(), dictionary.start(code))
                : dictionary.type().number(plain, plainAt(code));
    }

    /** About what it takes of the heap. */
    long bytes() {
        return OBJECT_BYTES + 4L * codes.length + 4L * starts.length + plain.length;
    }

    private static boolean isSame(int[] codes) {
        if (codes[0] <= PLAIN) {
            return false;
        }
        for (int code : codes) {
            if (code != codes[0]) {
                return false;
            }
        }
        return true;
    }
}
