package com.qcompany.stream.compact;

import java.io.IOException;
import java.util.Arrays;
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
        return column.getMaxRepetitionLevel() == 0 ? readFlat(rows) : readRepeated(rows);
    }

    private ColumnValues readFlat(int rows) throws IOException {
        int[] codes = new int[rows];
        PlainBytes lacking = new PlainBytes();
        int read = 0;
        while (read < rows) {
            read += readSome(codes, read, Math.min(rows - read, page().valuesLeft()), lacking);
        }
        return ColumnValues.of(codes, lacking.toArray());
    }

    private ColumnValues readRepeated(int rows) throws IOException {
        int[] codes = new int[rows];
        int[] starts = new int[rows + 1];
        PlainBytes lacking = new PlainBytes();
        int read = 0;
        int begun = 0;
        while (valuesLeft > 0) {
            OpenPage current = page();
            int some = 0;
            while (some < current.valuesLeft() && !(begun == rows && current.beginsRow(some))) {
                if (current.beginsRow(some)) {
                    starts[begun++] = read + some;
                }
                some++;
            }
            if (some == 0) {
                break;
            }
            codes = read + some > codes.length ? Arrays.copyOf(codes, Math.max(read + some, 2 * read)) : codes;
            read += readSome(codes, read, some, lacking);
        }
        if (begun < rows) {
            throw new IOException("Cannot read column %s: its last %d rows are missing"
                    .formatted(String.join(".", column.getPath()), rows - begun));
        }
        if (read == rows) {
            return ColumnValues.of(codes, lacking.toArray());
        }
        starts[rows] = read;
        return new ColumnValues(Codes.of(Arrays.copyOf(codes, read)), starts, lacking.toArray());
    }

    private int readSome(int[] codes, int from, int some, PlainBytes lacking) throws IOException {
        page().read(codes, from, some, lacking);
        valuesLeft -= some;
        return some;
    }

    private OpenPage page() throws IOException {
        OpenPage current = page;
        while (current == null || current.valuesLeft() == 0) {
            DataPage next = pages.readPage();
            if (next == null) {
                throw new IOException("Cannot read column %s: its last %d values are missing"
                        .formatted(String.join(".", column.getPath()), valuesLeft));
            }
            current = new OpenPage(next, column, dictionary, chunkDictionary);
        }
        page = current;
        return current;
    }
}
