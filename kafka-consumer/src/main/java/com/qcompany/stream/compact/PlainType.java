package com.qcompany.stream.compact;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/** Physical types of table kafka: how a value lies in bytes, as in pages of the plain encoding. */
enum PlainType {
    INT32(Integer.BYTES) {
        @Override
        long number(byte[] bytes, int at) {
            return (int) INTS.get(bytes, at);
        }

        @Override
        byte[] next(ValuesReader values) {
            byte[] bytes = new byte[Integer.BYTES];
            INTS.set(bytes, 0, values.readInteger());
            return bytes;
        }
    },
    INT64(Long.BYTES) {
        @Override
        long number(byte[] bytes, int at) {
            return (long) LONGS.get(bytes, at);
        }

        @Override
        byte[] next(ValuesReader values) {
            byte[] bytes = new byte[Long.BYTES];
            LONGS.set(bytes, 0, values.readLong());
            return bytes;
        }
    },
    /** Four bytes of length before the bytes of the text. */
    TEXT(0) {
        @Override
        long number(byte[] bytes, int at) {
            throw new IllegalStateException("Cannot order by a text");
        }

        @Override
        int compare(byte[] bytes, int at, byte[] others, int otherAt) {
            return Arrays.compareUnsigned(
                    bytes,
                    at + Integer.BYTES,
                    at + size(bytes, at),
                    others,
                    otherAt + Integer.BYTES,
                    otherAt + size(others, otherAt));
        }

        @Override
        byte[] bound(byte[] bytes, int at) {
            return Arrays.copyOfRange(bytes, at + Integer.BYTES, at + size(bytes, at));
        }

        @Override
        byte[] next(ValuesReader values) {
            byte[] text = values.readBytes().getBytesUnsafe();
            byte[] bytes = new byte[Integer.BYTES + text.length];
            INTS.set(bytes, 0, text.length);
            System.arraycopy(text, 0, bytes, Integer.BYTES, text.length);
            return bytes;
        }
    };

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Bytes of a value; zero where they differ. */
    private final int width;

    PlainType(int width) {
        this.width = width;
    }

    static PlainType of(ColumnDescriptor column) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> INT32;
            case INT64 -> INT64;
            case BINARY -> TEXT;
            case BOOLEAN, FLOAT, DOUBLE, INT96, FIXED_LEN_BYTE_ARRAY ->
                throw new IllegalArgumentException(
                        "Cannot put column %s in order (expected int32, int64 or binary values)".formatted(column));
        };
    }

    /** Bytes that the value there takes, four at least. */
    final int size(byte[] bytes, int at) {
        return width > 0 ? width : Integer.BYTES + (int) INTS.get(bytes, at);
    }

    /** The number there. */
    abstract long number(byte[] bytes, int at);

    /** The next value of a page that is not plain, in bytes. */
    abstract byte[] next(ValuesReader values);

    /** Order of two values, that of the statistics. */
    int compare(byte[] bytes, int at, byte[] others, int otherAt) {
        return Long.compare(number(bytes, at), number(others, otherAt));
    }

    /** The value there as statistics have it. */
    byte[] bound(byte[] bytes, int at) {
        return Arrays.copyOfRange(bytes, at, at + size(bytes, at));
    }

    /** A hash of the value there, in all bits. */
    static long hash(byte[] bytes, int at, int size) {
        int end = at + size;
        if (size < Long.BYTES) {
            return mix((long) (int) INTS.get(bytes, at) << Integer.SIZE ^ (int) INTS.get(bytes, end - Integer.BYTES));
        }
        long hash = size;
        for (int i = at; i < end - Long.BYTES; i += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, i));
        }
        return mix(hash ^ (long) LONGS.get(bytes, end - Long.BYTES));
    }

    /** Whether two values of a size have the same bytes. */
    static boolean equal(byte[] bytes, int at, byte[] others, int otherAt, int size) {
        int last = size - Long.BYTES;
        if (last < 0) {
            int lastInt = size - Integer.BYTES;
            return (int) INTS.get(bytes, at) == (int) INTS.get(others, otherAt)
                    && (int) INTS.get(bytes, at + lastInt) == (int) INTS.get(others, otherAt + lastInt);
        }
        for (int i = 0; i < last; i += Long.BYTES) {
            if ((long) LONGS.get(bytes, at + i) != (long) LONGS.get(others, otherAt + i)) {
                return false;
            }
        }
        return (long) LONGS.get(bytes, at + last) == (long) LONGS.get(others, otherAt + last);
    }

    /** Copies the value of eight bytes that lies there. */
    static void copyLong(byte[] source, int at, byte[] target, int to) {
        LONGS.set(target, to, (long) LONGS.get(source, at));
    }

    /** Lets all bits decide about the lowest: texts differ in the bits that lie highest. */
    private static long mix(long bits) {
        long product = (bits ^ bits >>> Integer.SIZE) * 0x9E3779B97F4A7C15L;
        return product ^ product >>> Integer.SIZE;
    }
}
