package com.qcompany.stream.compact;

import java.util.Arrays;

/** Copies values of one leaf column row by row, from whatever blocks, into a block of their own. */
final class GatheredValues {

    private final PlainType type;
    private final int[] starts;
    private final PlainBytes plain = new PlainBytes();
    private int[] codes;
    private int rows;
    private int values;

    GatheredValues(PlainType type, int expectedRows) {
        this.type = type;
        this.codes = new int[expectedRows];
        this.starts = new int[expectedRows + 1];
    }

    /** Adds a row of a block. */
    void add(ColumnValues block, int row) {
        starts[rows++] = values;
        if (!block.isRepeated()) {
            addValue(block, block.code(row));
            return;
        }
        for (int value = block.starts()[row]; value < block.starts()[row + 1]; value++) {
            addValue(block, block.code(value));
        }
    }

    /** What was added, the expected number of rows. */
    ColumnValues values() {
        starts[rows] = values;
        int[] exact = values == codes.length ? codes : Arrays.copyOf(codes, values);
        return values == rows
                ? ColumnValues.of(exact, plain.toArray())
                : new ColumnValues(Codes.of(exact), starts, plain.toArray());
    }

    private void addValue(ColumnValues block, int code) {
        if (values == codes.length) {
            codes = Arrays.copyOf(codes, values * 2);
        }
        if (ColumnValues.isPlain(code)) {
            int at = ColumnValues.plainAt(code);
            codes[values++] = ColumnValues.plain(plain.add(block.plain(), at, type.size(block.plain(), at)));
        } else {
            codes[values++] = code;
        }
    }
}
