package com.qcompany.stream.compact;

import java.util.Arrays;

/**
 * Collects the numbers of a page and encodes them in Parquet's hybrid encoding: eight or more times the same as a run,
 * others packed into bits, eight at a time.
 */
final class HybridWriter {

    private static final int GROUP = 8;
    private static final int LONGEST_HEADER = 5;

    private int[] numbers = new int[1024];
    private int count;

    private byte[] bytes = {};
    private int size;

    void add(int number) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, count * 2);
        }
        numbers[count++] = number;
    }

    int count() {
        return count;
    }

    int number(int index) {
        return numbers[index];
    }

    void clear() {
        count = 0;
    }

    /** The numbers encoded, each in as many bits as given. */
    byte[] encode(int width) {
        size = 0;
        int at = 0;
        while (at < count) {
            int end = endOfRun(at);
            if (end - at >= GROUP || end == count) {
                repeat(numbers[at], end - at, width);
            } else {
                end = at + GROUP;
                while (end < count && endOfRun(end) - end < GROUP) {
                    end += GROUP;
                }
                pack(at, (end - at) / GROUP, width);
            }
            at = end;
        }
        return Arrays.copyOf(bytes, size);
    }

    private int endOfRun(int at) {
        int end = at + 1;
        while (end < count && numbers[end] == numbers[at]) {
            end++;
        }
        return end;
    }

    private void repeat(int number, int times, int width) {
        makeRoom(LONGEST_HEADER + Integer.BYTES);
        header(times << 1);
        for (int shift = 0; shift < width; shift += Byte.SIZE) {
            bytes[size++] = (byte) (number >>> shift);
        }
    }

    /** Zeros stand for what the last group lacks. */
    private void pack(int at, int groups, int width) {
        makeRoom(LONGEST_HEADER + groups * width + Integer.BYTES);
        header(groups << 1 | 1);
        long buffer = 0;
        int filled = 0;
        for (int i = at; i < at + groups * GROUP; i++) {
            buffer |= (i < count ? numbers[i] & 0xFFFF_FFFFL : 0) << filled;
            filled += width;
            if (filled >= Integer.SIZE) {
                size = PlainType.putInt(bytes, size, (int) buffer);
                buffer >>>= Integer.SIZE;
                filled -= Integer.SIZE;
            }
        }
        for (; filled > 0; filled -= Byte.SIZE) {
            bytes[size++] = (byte) buffer;
            buffer >>>= Byte.SIZE;
        }
    }

    private void header(int value) {
        int rest = value;
        for (; rest >= 0x80; rest >>>= 7) {
            bytes[size++] = (byte) (rest | 0x80);
        }
        bytes[size++] = (byte) rest;
    }

    private void makeRoom(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
