package com.qcompany.warehouse.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Values of a required column of a row group, read forward. Parquet's own reader decodes levels for every value, which
 * such a column does not have, and which would be half the cost of a search. Not thread-safe.
 */
final class ColumnValues {

    private final ColumnDescriptor column;
    private final PageReader pages;
    private final @Nullable Dictionary dictionary;
    private @Nullable ValuesReader values;
    private long row = -1;
    private long nextValue;
    private long pageEnd;

    ColumnValues(PageReadStore rowGroup, ColumnDescriptor column) throws IOException {
        this.column = column;
        this.pages = rowGroup.getPageReader(column);
        DictionaryPage page = pages.readDictionaryPage();
        this.dictionary = page == null ? null : page.getEncoding().initDictionary(column, page);
    }

    /** Index of the row it is at, among all of the row group's; -1 before the first. */
    long row() {
        return row;
    }

    /** Goes to the next row of the pages that were read; false if there is none. */
    boolean next() throws IOException {
        if (row + 1 < pageEnd) {
            row++;
            return true;
        }
        if (!nextPage()) {
            return false;
        }
        row = nextValue;
        return true;
    }

    /**
     * Goes forward to a row.
     *
     * @throws IOException if it is in no page that was read
     */
    void seek(long target) throws IOException {
        boolean found = true;
        while (target >= pageEnd && found) {
            found = nextPage();
        }
        if (!found || target < nextValue) {
            throw new IOException("Cannot find row %d of column %s: values from %d to %d are at hand"
                    .formatted(target, String.join(".", column.getPath()), nextValue, pageEnd));
        }
        row = target;
    }

    /** The text of the row, once. */
    Binary text() {
        return atRow().readBytes();
    }

    /** The number of the row, once. */
    long number() {
        return atRow().readLong();
    }

    private ValuesReader atRow() {
        ValuesReader reader = Objects.requireNonNull(values, "a row comes first");
        if (row > nextValue) {
            reader.skip((int) (row - nextValue));
        }
        nextValue = row + 1;
        return reader;
    }

    private boolean nextPage() throws IOException {
        DataPage page = pages.readPage();
        if (page == null) {
            return false;
        }
        nextValue = page.getFirstRowIndex().orElse(pageEnd);
        pageEnd = nextValue + page.getValueCount();
        try {
            values = page.accept(new Opening());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return true;
    }

    /** Makes the reader of a page's values. */
    private final class Opening implements DataPage.Visitor<ValuesReader> {

        @Override
        public ValuesReader visit(DataPageV1 page) {
            try {
                ByteBufferInputStream in = page.getBytes().toInputStream();
                page.getRlEncoding()
                        .getValuesReader(column, ValuesType.REPETITION_LEVEL)
                        .initFromPage(page.getValueCount(), in);
                page.getDlEncoding()
                        .getValuesReader(column, ValuesType.DEFINITION_LEVEL)
                        .initFromPage(page.getValueCount(), in);
                return open(page.getValueEncoding(), page.getValueCount(), in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ValuesReader visit(DataPageV2 page) {
            try {
                return open(
                        page.getDataEncoding(),
                        page.getValueCount(),
                        page.getData().toInputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private ValuesReader open(Encoding encoding, int count, ByteBufferInputStream in) throws IOException {
            ValuesReader reader = encoding.usesDictionary()
                    ? encoding.getDictionaryBasedValuesReader(
                            column, ValuesType.VALUES, Objects.requireNonNull(dictionary, "a dictionary comes first"))
                    : encoding.getValuesReader(column, ValuesType.VALUES);
            reader.initFromPage(count, in);
            return reader;
        }
    }
}
