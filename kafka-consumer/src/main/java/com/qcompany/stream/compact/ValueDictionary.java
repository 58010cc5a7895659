package com.qcompany.stream.compact;

import java.util.Arrays;

/**
 * The distinct values of one column of all files that are sorted, numbered as they come: rows are moved by number, and
 * nothing is hashed on writing. Once it is full, values that come are not numbered, known ones neither, so that a column
 * of different values costs no search. Filled by one thread at a time.
 */
final class ValueDictionary {

    /** No number. */
    static final int NONE = -1;

    private static final int MOST_VALUES = 1 << 16;
    private static final int MOST_BYTES = 1 << 20;
    private static final int FIRST_SLOTS = 64;

    private final PlainType type;
    private boolean isFull;
    private byte[] bytes = new byte[512];
    private int[] starts = new int[FIRST_SLOTS / 2 + 1];
    private int size;
    /** Number plus one of the value that hashes there, or the next free place; at most half full. */
    private int[] slots = new int[FIRST_SLOTS];

    /** @param isNumbered false for a column whose values do not repeat: none is numbered */
    ValueDictionary(PlainType type, boolean isNumbered) {
        this.type = type;
        this.isFull = !isNumbered;
    }

    /** The number of the value that lies there, or {@link #NONE}. */
    int number(byte[] source, int at, int length) {
        if (isFull) {
            return NONE;
        }
        int slot = slot(source, at, length);
        return slots[slot] == 0 ? add(source, at, length, slot) : slots[slot] - 1;
    }

    /** The code of the value that lies there, as in {@link ColumnValues}; added to the lacking ones if it has no number. */
    int code(byte[] source, int at, int length, PlainBytes lacking) {
        int number = number(source, at, length);
        return number == NONE ? ColumnValues.plain(lacking.add(source, at, length)) : number;
    }

    /** Whether no value is numbered any more. */
    boolean isFull() {
        return isFull;
    }

    /** Values numbered, from 0. */
    int size() {
        return size;
    }

    PlainType type() {
        return type;
    }

    /** Where all values lie; those numbered until now stay there, whatever is added. */
    byte[] bytes() {
        return bytes;
    }

    /** Where a value begins. */
    int start(int number) {
        return starts[number];
    }

    /** Bytes of a value. */
    int length(int number) {
        return starts[number + 1] - starts[number];
    }

    private int slot(byte[] source, int at, int length) {
        int mask = slots.length - 1;
        int slot = (int) PlainType.hash(source, at, length) & mask;
        while (slots[slot] != 0 && !isValue(slots[slot] - 1, source, at, length)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean isValue(int number, byte[] source, int at, int length) {
        return length(number) == length && PlainType.equal(bytes, starts[number], source, at, length);
    }

    private int add(byte[] source, int at, int length, int slot) {
        int end = starts[size] + length;
        if (size == MOST_VALUES || end > MOST_BYTES || end < 0) {
            isFull = true;
            slots = new int[0];
            return NONE;
        }
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
        }
        System.arraycopy(source, at, bytes, starts[size], length);
        slots[slot] = ++size;
        starts[size] = end;
        if (size * 2 == slots.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        starts = Arrays.copyOf(starts, slots.length + 1);
        slots = new int[slots.length * 2];
        for (int number = 0; number < size; number++) {
            slots[slot(bytes, starts[number], length(number))] = number + 1;
        }
    }
}
