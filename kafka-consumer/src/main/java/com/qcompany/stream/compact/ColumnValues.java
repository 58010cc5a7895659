package com.qcompany.stream.compact;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/**
 * The values of one leaf column of a block of rows, in memory and in any order accessible, with their levels: rows are
 * put in order without being assembled.
 */
abstract class ColumnValues {

    private final int maxDefinition;
    private final boolean repeated;
    private byte[] definitions;
    private byte[] repetitions = {};
    /** Where each row begins; only of a repeated column, else row and value have the same index. */
    private int[] starts = {};

    private int rows;
    private int values;

    private ColumnValues(ColumnDescriptor column, int expectedRows) {
        maxDefinition = column.getMaxDefinitionLevel();
        repeated = column.getMaxRepetitionLevel() > 0;
        definitions = new byte[expectedRows];
        if (repeated) {
            repetitions = new byte[expectedRows];
            starts = new int[expectedRows + 1];
        }
    }

    /**
     * Room for a number of rows of a column.
     *
     * @param isDictionary whether every value is one of the file's dictionary, an object that rows share
     */
    static ColumnValues of(ColumnDescriptor column, int rows, boolean isDictionary) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> new Ints(column, rows);
            case INT64 -> new Longs(column, rows);
            case BINARY -> new Texts(column, rows, isDictionary);
            case BOOLEAN, FLOAT, DOUBLE, INT96, FIXED_LEN_BYTE_ARRAY ->
                throw new IllegalArgumentException(
                        "Cannot put column %s in order (expected int32, int64 or binary values)".formatted(column));
        };
    }

    /** Takes the next rows of a column; all of them were not taken before. */
    final void read(ColumnReader reader, int count, long valuesLeft) {
        long left = valuesLeft;
        while (left > 0 && !(rows == count && reader.getCurrentRepetitionLevel() == 0)) {
            add(reader.getCurrentRepetitionLevel(), reader.getCurrentDefinitionLevel());
            if (definitions[values - 1] == maxDefinition) {
                readValue(reader, values - 1);
            }
            reader.consume();
            left--;
        }
    }

    /** Adds rows without a value, for a file that lacks the column. */
    final void addNulls(int count) {
        for (int i = 0; i < count; i++) {
            add(0, 0);
        }
    }

    /** Writes all values of a row. */
    final void write(int row, ColumnWriter writer) {
        if (!repeated) {
            writeValue(row, 0, writer);
            return;
        }
        int end = row + 1 < rows ? starts[row + 1] : values;
        for (int value = starts[row]; value < end; value++) {
            writeValue(value, repetitions[value], writer);
        }
    }

    final int values() {
        return values;
    }

    /** The number a row has in a column that is not repeated; the lowest where it has none. */
    final long key(int row) {
        return definitions[row] == maxDefinition ? number(row) : Long.MIN_VALUE;
    }

    /** About what it takes of the heap. */
    abstract long bytes();

    abstract long number(int value);

    abstract void readValue(ColumnReader reader, int value);

    abstract void writePresent(int value, int repetition, int definition, ColumnWriter writer);

    abstract void grow(int capacity);

    private void writeValue(int value, int repetition, ColumnWriter writer) {
        int definition = definitions[value];
        if (definition == maxDefinition) {
            writePresent(value, repetition, definition, writer);
        } else {
            writer.writeNull(repetition, definition);
        }
    }

    private void add(int repetition, int definition) {
        if (values == definitions.length) {
            int capacity = values * 2;
            definitions = Arrays.copyOf(definitions, capacity);
            repetitions = repeated ? Arrays.copyOf(repetitions, capacity) : repetitions;
            grow(capacity);
        }
        definitions[values] = (byte) definition;
        if (repeated) {
            repetitions[values] = (byte) repetition;
        }
        if (repetition == 0) {
            if (repeated) {
                starts[rows] = values;
            }
            rows++;
        }
        values++;
    }

    private long levelBytes() {
        return definitions.length + repetitions.length + 4L * starts.length;
    }

    private static final class Ints extends ColumnValues {

        private int[] ints;

        Ints(ColumnDescriptor column, int rows) {
            super(column, rows);
            ints = new int[rows];
        }

        @Override
        long bytes() {
            return super.levelBytes() + 4L * ints.length;
        }

        @Override
        long number(int value) {
            return ints[value];
        }

        @Override
        void readValue(ColumnReader reader, int value) {
            ints[value] = reader.getInteger();
        }

        @Override
        void writePresent(int value, int repetition, int definition, ColumnWriter writer) {
            writer.write(ints[value], repetition, definition);
        }

        @Override
        void grow(int capacity) {
            ints = Arrays.copyOf(ints, capacity);
        }
    }

    private static final class Longs extends ColumnValues {

        private long[] longs;

        Longs(ColumnDescriptor column, int rows) {
            super(column, rows);
            longs = new long[rows];
        }

        @Override
        long bytes() {
            return super.levelBytes() + 8L * longs.length;
        }

        @Override
        long number(int value) {
            return longs[value];
        }

        @Override
        void readValue(ColumnReader reader, int value) {
            longs[value] = reader.getLong();
        }

        @Override
        void writePresent(int value, int repetition, int definition, ColumnWriter writer) {
            writer.write(longs[value], repetition, definition);
        }

        @Override
        void grow(int capacity) {
            longs = Arrays.copyOf(longs, capacity);
        }
    }

    private static final class Texts extends ColumnValues {

        private static final int REFERENCE_BYTES = 4;
        private static final int OBJECT_BYTES = 48;

        private final boolean isDictionary;
        private Binary[] texts;
        private long objectBytes;

        Texts(ColumnDescriptor column, int rows, boolean isDictionary) {
            super(column, rows);
            this.isDictionary = isDictionary;
            texts = new Binary[rows];
        }

        @Override
        long bytes() {
            return super.levelBytes() + (long) REFERENCE_BYTES * texts.length + objectBytes;
        }

        @Override
        long number(int value) {
            throw new IllegalStateException("Cannot order by a text");
        }

        @Override
        void readValue(ColumnReader reader, int value) {
            Binary text = reader.getBinary().copy();
            texts[value] = text;
            if (!isDictionary) {
                objectBytes += OBJECT_BYTES + text.length();
            }
        }

        @Override
        void writePresent(int value, int repetition, int definition, ColumnWriter writer) {
            writer.write(texts[value], repetition, definition);
        }

        @Override
        void grow(int capacity) {
            texts = Arrays.copyOf(texts, capacity);
        }
    }
}
