package com.qcompany.stream.compact;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/** Collects the numbers of a page and encodes them in Parquet's hybrid encoding. */
final class HybridWriter {

    private static final int FIRST_BYTES = 64;
    private static final int MOST_BYTES_AT_ONCE = 1 << 20;

    private int[] numbers = new int[1024];
    private int count;

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
    byte[] encode(int width) throws IOException {
        try (RunLengthBitPackingHybridEncoder encoder = new RunLengthBitPackingHybridEncoder(
                width, FIRST_BYTES, MOST_BYTES_AT_ONCE, HeapByteBufferAllocator.getInstance())) {
            for (int i = 0; i < count; i++) {
                encoder.writeInt(numbers[i]);
            }
            return encoder.toBytes().toByteArray();
        }
    }
}
