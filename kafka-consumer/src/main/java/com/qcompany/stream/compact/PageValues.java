package com.qcompany.stream.compact;

import java.io.IOException;
import org.apache.parquet.column.values.ValuesReader;

/** The values of a page that are there, as codes of {@link ColumnValues}. */
interface PageValues {

    /** Reads the next codes into an array; values that the dictionary lacks are added. */
    void read(int[] codes, int from, int count, PlainBytes lacking) throws IOException;

    /** Values in the plain encoding. */
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
        public void read(int[] codes, int from, int count, PlainBytes lacking) {
            PlainType type = dictionary.type();
            if (dictionary.isFull()) {
                int first = at;
                for (int i = from; i < from + count; i++) {
                    codes[i] = ColumnValues.plain(lacking.size() + at - first);
                    at += type.size(bytes, at);
                }
                lacking.add(bytes, first, at - first);
                return;
            }
            for (int i = from; i < from + count; i++) {
                int size = type.size(bytes, at);
                codes[i] = dictionary.code(bytes, at, size, lacking);
                at += size;
            }
        }
    }

    /** Numbers in the dictionary of a column chunk. */
    final class Numbered implements PageValues {

        private final ChunkDictionary chunk;
        private final HybridReader numbers;

        Numbered(byte[] bytes, int at, ChunkDictionary chunk) {
            this.chunk = chunk;
            this.numbers = new HybridReader(bytes, at + 1, at < bytes.length ? bytes[at] : 0);
        }

        @Override
        public void read(int[] codes, int from, int count, PlainBytes lacking) throws IOException {
            numbers.read(codes, from, count);
            for (int i = from; i < from + count; i++) {
                codes[i] = chunk.code(codes[i], lacking);
            }
        }
    }

    /** Values in any other encoding. */
    final class Encoded implements PageValues {

        private final ValuesReader values;
        private final ValueDictionary dictionary;

        Encoded(ValuesReader values, ValueDictionary dictionary) {
            this.values = values;
            this.dictionary = dictionary;
        }

        @Override
        public void read(int[] codes, int from, int count, PlainBytes lacking) {
            for (int i = from; i < from + count; i++) {
                byte[] value = dictionary.type().next(values);
                codes[i] = dictionary.code(value, 0, value.length, lacking);
            }
        }
    }
}
