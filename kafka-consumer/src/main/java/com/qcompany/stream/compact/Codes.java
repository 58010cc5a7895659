package com.qcompany.stream.compact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in as few bytes as the largest needs: none where each differs from the one before by the same step, as in a
 * column of one value and in one of plain values of the same size, else one, two or four.
 */
final class Codes {

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final int first;
    private final int step;
    private final int width;
    private final byte[] bytes;

    private Codes(int first, int step, int width, byte[] bytes) {
        this.first = first;
        this.step = step;
        this.width = width;
        this.bytes = bytes;
    }

    /** Keeps numbers, at least one. */
    static Codes of(int[] numbers) {
        int step = numbers.length == 1 ? 0 : numbers[1] - numbers[0];
        boolean isEven = true;
        int least = numbers[0];
        int most = numbers[0];
        for (int i = 0; i < numbers.length; i++) {
            isEven &= numbers[i] == numbers[0] + i * step;
            least = Math.min(least, numbers[i]);
            most = Math.max(most, numbers[i]);
        }
        if (isEven) {
            return new Codes(numbers[0], step, 0, new byte[0]);
        }
        int width = least == (byte) least && most == (byte) most
                ? Byte.BYTES
                : least == (short) least && most == (short) most ? Short.BYTES : Integer.BYTES;
        Codes codes = new Codes(0, 0, width, new byte[numbers.length * width]);
        for (int i = 0; i < numbers.length; i++) {
            codes.set(i, numbers[i]);
        }
        return codes;
    }

    /** Reads what was written. */
    static Codes read(DataInput in) throws IOException {
        int first = in.readInt();
        int step = in.readInt();
        int width = in.readInt();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new Codes(first, step, width, bytes);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(first);
        out.writeInt(step);
        out.writeInt(width);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    int get(int index) {
        return switch (width) {
            case 0 -> first + index * step;
            case Byte.BYTES -> bytes[index];
            case Short.BYTES -> (short) SHORTS.get(bytes, index * Short.BYTES);
            default -> (int) INTS.get(bytes, index * Integer.BYTES);
        };
    }

    long bytes() {
        return bytes.length;
    }

    private void set(int index, int number) {
        switch (width) {
            case Byte.BYTES -> bytes[index] = (byte) number;
            case Short.BYTES -> SHORTS.set(bytes, index * Short.BYTES, (short) number);
            default -> INTS.set(bytes, index * Integer.BYTES, number);
        }
    }
}
