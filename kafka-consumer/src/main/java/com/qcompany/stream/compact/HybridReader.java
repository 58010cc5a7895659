package com.qcompany.stream.compact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;

/** Reads numbers in Parquet's hybrid encoding, many at a time. */
final class HybridReader {

    private final RunLengthBitPackingHybridDecoder numbers;

    /**
     * @param at where the first run begins
     * @param width bits of a number, at most 32
     */
    HybridReader(byte[] bytes, int at, int width) {
        int from = Math.min(at, bytes.length);
        this.numbers =
                new RunLengthBitPackingHybridDecoder(width, new ByteArrayInputStream(bytes, from, bytes.length - from));
    }

    /** Reads the next numbers into an array. */
    void read(int[] target, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            target[i] = numbers.readInt();
        }
    }
}
