package com.qcompany.stream.compact;

import java.io.IOException;
import org.apache.parquet.column.page.DictionaryPage;

/** The dictionary of a column chunk that is read, and which number each of its values has in that of the sort. */
final class ChunkDictionary {

    private final PlainType type;
    private final byte[] bytes;
    private final int[] starts;
    private final int[] numbers;

    ChunkDictionary(DictionaryPage page, ValueDictionary dictionary) throws IOException {
        type = dictionary.type();
        bytes = page.getBytes().toByteArray();
        starts = new int[page.getDictionarySize()];
        numbers = new int[starts.length];
        int at = 0;
        for (int i = 0; i < starts.length; i++) {
            int size = type.size(bytes, at);
            starts[i] = at;
            numbers[i] = dictionary.number(bytes, at, size);
            at += size;
        }
    }

    /** The code of a value by its number here; added to the lacking ones if it has none in the sort. */
    int code(int number, PlainBytes lacking) {
        int code = numbers[number];
        return code == ValueDictionary.NONE
                ? ColumnValues.plain(lacking.add(bytes, starts[number], type.size(bytes, starts[number])))
                : code;
    }
}
