package com.qcompany.stream.compact;

import java.util.Arrays;

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
    private static final int[] NONE = {};

    private int[] codes;
    private int values;
    private int rows;
    /** Where each row begins, as long as some row has several values; else row and value have the same index. */
    private int[] starts = NONE;

    private byte[] plain = {};
    private int plainSize;
    /** All bits, or none where all values have the same code, which is kept once. */
    private int mask = -1;

    ColumnValues(int expectedRows) {
        codes = new int[expectedRows];
    }

    /** Rows of which none has a value. */
    static ColumnValues ofNulls(int rows) {
        ColumnValues nulls = new ColumnValues(1);
        nulls.addRow(absent(0));
        nulls.mask = 0;
        nulls.rows = rows;
        nulls.values = rows;
        return nulls;
    }

    /** The code of no value at a definition level. */
    static int absent(int definition) {
        return NO_VALUE - definition;
    }

    /** The definition level that the code of no value says. */
    static int definition(int code) {
        return NO_VALUE - code;
    }

    static boolean isAbsent(int code) {
        return code < 0 && code > PLAIN;
    }

    /** Where a value that the dictionary lacks begins. */
    static int plainAt(int code) {
        return PLAIN - code;
    }

    /** Takes a value that the dictionary lacks; returns its code. */
    int addPlain(byte[] source, int at, int size) {
        int start = plainSize;
        int end = Math.addExact(start, size);
        if (end > plain.length) {
            plain = Arrays.copyOf(plain, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(end, 2L * plain.length)));
        }
        System.arraycopy(source, at, plain, start, size);
        plainSize = end;
        return PLAIN - start;
    }

    /** Adds the first value of the next row, or that it has none. */
    void addRow(int code) {
        if (starts != NONE) {
            if (rows == starts.length) {
                starts = Arrays.copyOf(starts, rows * 2);
            }
            starts[rows] = values;
        }
        rows++;
        add(code);
    }

    /** Adds a further value of the last row. */
    void addToRow(int code) {
        if (starts == NONE) {
            starts = new int[Math.max(codes.length, 1)];
            Arrays.setAll(starts, row -> row);
        }
        add(code);
    }

    /** Gives back what memory it does not need; nothing is added any more. */
    void trim() {
        plain = plainSize == plain.length ? plain : Arrays.copyOf(plain, plainSize);
        boolean isSame = values > 0 && codes[0] > PLAIN;
        for (int i = 1; i < values && isSame; i++) {
            isSame = codes[i] == codes[0];
        }
        if (isSame) {
            codes = new int[] {codes[0]};
            mask = 0;
        }
    }

    int rows() {
        return rows;
    }

    /** Whether some row has several values. */
    boolean isRepeated() {
        return starts != NONE;
    }

    /** The first value of a row. */
    int start(int row) {
        return starts == NONE ? row : starts[row];
    }

    /** The value after a row's last. */
    int end(int row) {
        return row + 1 < rows ? start(row + 1) : values;
    }

    /** The code of a value; a row's, as long as no row has several. */
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
        return 64 + 4L * codes.length + 4L * starts.length + plain.length;
    }

    private void add(int code) {
        if (values == codes.length) {
            codes = Arrays.copyOf(codes, Math.max(16, values * 2));
        }
        codes[values++] = code;
    }
}
