package com.qcompany.stream.compact;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;

/** The values of a page that are there, as codes of {@link ColumnValues}. */
interface PageValues {

    /** The code of the next value; what the dictionary lacks goes to the target. */
    int next(ColumnValues target) throws IOException;

    /** Values of a page in the plain encoding. */
    static PageValues plain(ByteBufferInputStream page, ValueDictionary dictionary) throws IOException {
        ByteBuffer rest = page.slice(page.available());
        if (rest.hasArray()) {
            return new Plain(rest.array(), rest.arrayOffset() + rest.position(), dictionary);
        }
        byte[] bytes = new byte[rest.remaining()];
        rest.get(bytes);
        return new Plain(bytes, 0, dictionary);
    }

    /** Values of a page in any other encoding than that of the dictionary. */
    static PageValues encoded(ValuesReader values, ValueDictionary dictionary) {
        return target -> {
            byte[] value = dictionary.type().next(values);
            int number = dictionary.number(value, 0, value.length);
            return number == ValueDictionary.NONE ? target.addPlain(value, 0, value.length) : number;
        };
    }

    /** Plain values, one after the other. */
    final class Plain implements PageValues {

        private final byte[] bytes;
        private final ValueDictionary dictionary;
        private int at;

        Plain(byte[] bytes, int at, ValueDictionary dictionary) {
            this.bytes = bytes;
            this.at = at;
            this.dictionary = dictionary;
        }

        @Override
        public int next(ColumnValues target) {
            int size = dictionary.type().size(bytes, at);
            int number = dictionary.number(bytes, at, size);
            int code = number == ValueDictionary.NONE ? target.addPlain(bytes, at, size) : number;
            at += size;
            return code;
        }
    }

    /** Numbers in the dictionary of a column chunk. */
    final class Numbered implements PageValues {

        private final ChunkDictionary chunk;
        private final RunLengthBitPackingHybridDecoder numbers;

        Numbered(ByteBufferInputStream page, ChunkDictionary chunk) throws IOException {
            this.chunk = chunk;
            this.numbers = new RunLengthBitPackingHybridDecoder(page.read(), page);
        }

        @Override
        public int next(ColumnValues target) throws IOException {
            return chunk.code(numbers.readInt(), target);
        }
    }
}
