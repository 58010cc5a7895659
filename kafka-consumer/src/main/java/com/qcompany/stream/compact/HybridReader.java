package com.qcompany.stream.compact;

import java.io.IOException;
import java.util.Arrays;

/** Reads numbers in Parquet's hybrid encoding, many at a time: runs of one number, and runs packed into bits. */
final class HybridReader {

    private final byte[] bytes;
    private final int width;
    private final int mask;
    private int at;
    private int left;
    private boolean isPacked;
    private int repeated;
    private long bit;

    /**
     * @param at where the first run begins
     * @param width bits of a number, at most 32
     */
    HybridReader(byte[] bytes, int at, int width) {
        this.bytes = bytes;
        this.at = at;
        this.width = width;
        this.mask = (int) ((1L << width) - 1);
    }

    /** Reads the next numbers into an array. */
    void read(int[] target, int from, int count) throws IOException {
        int next = from;
        int end = from + count;
        while (next < end) {
            if (left == 0) {
                startRun();
            }
            int some = Math.min(left, end - next);
            if (isPacked) {
                unpack(target, next, some);
            } else {
                Arrays.fill(target, next, next + some, repeated);
            }
            left -= some;
            next += some;
        }
    }

    private void startRun() throws IOException {
        int header = 0;
        for (int shift = 0; ; shift += 7) {
            int part = nextByte();
            header |= (part & 0x7F) << shift;
            if (part < 0x80) {
                break;
            }
        }
        isPacked = (header & 1) == 1;
        if (isPacked) {
            left = (header >>> 1) * 8;
            bit = (long) at * Byte.SIZE;
            at += (header >>> 1) * width;
        } else {
            left = header >>> 1;
            repeated = 0;
            for (int i = 0; i < width; i += Byte.SIZE) {
                repeated |= nextByte() << i;
            }
        }
    }

    private int nextByte() throws IOException {
        if (at >= bytes.length) {
            throw new IOException("Cannot read a page: it ends after %d bytes".formatted(bytes.length));
        }
        return bytes[at++] & 0xFF;
    }

    private void unpack(int[] target, int from, int count) {
        for (int i = from; i < from + count; i++) {
            target[i] = (int) (PlainType.bits(bytes, (int) (bit >>> 3)) >>> (bit & 7)) & mask;
            bit += width;
        }
    }
}
