package com.qcompany.stream.compact;

import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.jspecify.annotations.Nullable;

/** Reads one column of a row group. */
final class ChunkReader {

    private final ColumnDescriptor column;
    private final PageReader pages;
    private final ValueDictionary dictionary;
    private final @Nullable ChunkDictionary chunkDictionary;
    private long valuesLeft;
    private @Nullable OpenPage page;

    /** @param dictionary of the column in the sort */
    ChunkReader(ColumnDescriptor column, PageReader pages, ValueDictionary dictionary) throws IOException {
        this.column = column;
        this.pages = pages;
        this.dictionary = dictionary;
        this.valuesLeft = pages.getTotalValueCount();
        DictionaryPage written = pages.readDictionaryPage();
        this.chunkDictionary = written == null ? null : new ChunkDictionary(written, dictionary);
    }

    /** Takes the next rows. */
    ColumnValues read(int rows) throws IOException {
        ColumnValues target = new ColumnValues(rows);
        if (column.getMaxRepetitionLevel() > 0) {
            readRepeated(rows, target);
        } else {
            readFlat(rows, target);
        }
        target.trim();
        return target;
    }

    private void readFlat(int rows, ColumnValues target) throws IOException {
        int left = rows;
        while (left > 0) {
            OpenPage current = page();
            int count = Math.min(left, current.valuesLeft());
            for (int i = 0; i < count; i++) {
                target.addRow(current.next(target));
            }
            valuesLeft -= count;
            left -= count;
        }
    }

    private void readRepeated(int rows, ColumnValues target) throws IOException {
        while (valuesLeft > 0) {
            OpenPage current = page();
            boolean isNewRow = current.repetition() == 0;
            if (isNewRow && target.rows() == rows) {
                return;
            }
            int code = current.next(target);
            if (isNewRow) {
                target.addRow(code);
            } else {
                target.addToRow(code);
            }
            valuesLeft--;
        }
    }

    private OpenPage page() throws IOException {
        OpenPage current = page;
        while (current == null || current.valuesLeft() == 0) {
            DataPage next = pages.readPage();
            if (next == null) {
                throw new IOException("Cannot read column %s: its last %d values are missing"
                        .formatted(String.join(".", column.getPath()), valuesLeft));
            }
            current = OpenPage.of(next, column, dictionary, chunkDictionary);
        }
        page = current;
        return current;
    }
}
