package com.qcompany.stream.compact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The values of one leaf column of a block of rows, in any order accessible: rows are put in order without being
 * assembled. A value is one number, its code:
 *
 * <pre>
 * 0, 1, …     number of a value in the column's dictionary
 * −1 − d      no value, at definition level d
 * −128 − i    a value that the dictionary lacks, at byte i of {@link #plain}
 * </pre>
 *
 * @param codes of all values
 * @param starts where each row begins and where the last one ends; empty if every row has one value, or none
 * @param plain values that the dictionary lacks
 */
record ColumnValues(Codes codes, int[] starts, byte[] plain) {

    private static final int NO_VALUE = -1;
    private static final int PLAIN = -128;
    private static final int OBJECT_BYTES = 128;
    private static final int[] NO_STARTS = {};
    private static final byte[] NO_BYTES = {};

    /** Rows of one value each, or none. */
    static ColumnValues of(int[] codes, byte[] plain) {
        return new ColumnValues(Codes.of(codes), NO_STARTS, plain);
    }

    /** Rows of which none has a value. */
    static ColumnValues ofNulls() {
        return of(new int[] {absent(0)}, NO_BYTES);
    }

    /** Reads what was written. */
    static ColumnValues read(DataInput in) throws IOException {
        Codes codes = Codes.read(in);
        int[] starts = new int[in.readInt()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = in.readInt();
        }
        byte[] plain = new byte[in.readInt()];
        in.readFully(plain);
        return new ColumnValues(codes, starts, plain);
    }

    void write(DataOutput out) throws IOException {
        codes.write(out);
        out.writeInt(starts.length);
        for (int start : starts) {
            out.writeInt(start);
        }
        out.writeInt(plain.length);
        out.write(plain);
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

    static boolean isPlain(int code) {
        return code <= PLAIN;
    }

    /** Where a value that the dictionary lacks begins. */
    static int plainAt(int code) {
        return PLAIN - code;
    }

    /** Whether some row has several values. */
    boolean isRepeated() {
        return starts.length > 0;
    }

    /** The code of a value; a row's, unless some row has several. */
    int code(int value) {
        return codes.get(value);
    }

    /** The number a row has in a column that is not repeated; the lowest where it has none. */
    long number(int row, ValueDictionary dictionary) {
        int code = code(row);
        if (isAbsent(code)) {
            return Long.MIN_VALUE;
        }
        return isPlain(code)
                ? dictionary.type().number(plain, plainAt(code))
                : dictionary.type().number(dictionary.bytes(), dictionary.start(code));
    }

    /** About what it takes of the heap. */
    long bytes() {
        return OBJECT_BYTES + codes.bytes() + 4L * starts.length + plain.length;
    }
}
