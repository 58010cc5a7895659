package com.qcompany.stream.compact;

import java.io.IOException;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.values.ValuesReader;
import org.jspecify.annotations.Nullable;

/** A page that is being read, of either version: levels and values side by side. */
final class OpenPage {

    private final ColumnDescriptor column;
    private final int maxDefinition;
    private final int[] repetitions;
    private final HybridReader definitions;
    private final PageValues values;
    private int valuesLeft;

    /**
     * Opens a page.
     *
     * @param dictionary of the column in the sort
     * @param chunk the column chunk's own, if it has one
     */
    OpenPage(DataPage page, ColumnDescriptor column, ValueDictionary dictionary, @Nullable ChunkDictionary chunk)
            throws IOException {
        this.column = column;
        this.maxDefinition = column.getMaxDefinitionLevel();
        this.valuesLeft = page.getValueCount();
        Layout layout = page.accept(LAYOUT);
        byte[] bytes = layout.bytes.toByteArray();
        int at = 0;
        this.repetitions = new int[column.getMaxRepetitionLevel() == 0 ? 0 : valuesLeft];
        if (repetitions.length > 0) {
            levels(layout.repetitions, bytes, at, column.getMaxRepetitionLevel())
                    .read(repetitions, 0, repetitions.length);
            at += PlainType.TEXT.size(bytes, at);
        }
        this.definitions = levels(layout.definitions, bytes, at, maxDefinition);
        at += maxDefinition == 0 ? 0 : PlainType.TEXT.size(bytes, at);
        this.values = values(layout.values, bytes, at, dictionary, chunk);
    }

    int valuesLeft() {
        return valuesLeft;
    }

    /** Whether a value begins a row, counted from the next one; of a repeated column. */
    boolean beginsRow(int index) {
        return repetitions[repetitions.length - valuesLeft + index] == 0;
    }

    /** Reads the codes of the next values into an array; values that the dictionary lacks are added. */
    void read(int[] codes, int from, int count, PlainBytes lacking) throws IOException {
        valuesLeft -= count;
        if (maxDefinition == 0) {
            values.read(codes, from, count, lacking);
            return;
        }
        definitions.read(codes, from, count);
        int present = 0;
        for (int i = from; i < from + count; i++) {
            present += codes[i] == maxDefinition ? 1 : 0;
        }
        if (present == count) {
            values.read(codes, from, count, lacking);
            return;
        }
        int[] presentCodes = new int[present];
        values.read(presentCodes, 0, present, lacking);
        int taken = 0;
        for (int i = from; i < from + count; i++) {
            codes[i] = codes[i] == maxDefinition ? presentCodes[taken++] : ColumnValues.absent(codes[i]);
        }
    }

    /** Levels lie as a text does: length and bytes. */
    private HybridReader levels(Encoding encoding, byte[] bytes, int at, int max) throws IOException {
        if (max > 0 && encoding != Encoding.RLE) {
            throw new IOException(
                    "Cannot read levels of column %s: %s (expected RLE)".formatted(column.getPath()[0], encoding));
        }
        return new HybridReader(bytes, at + Integer.BYTES, BytesUtils.getWidthFromMaxInt(max));
    }

    private PageValues values(
            Encoding encoding, byte[] bytes, int at, ValueDictionary dictionary, @Nullable ChunkDictionary chunk)
            throws IOException {
        if (encoding == Encoding.PLAIN) {
            return new PageValues.Plain(bytes, at, dictionary);
        }
        if (encoding.usesDictionary()) {
            if (chunk == null) {
                throw new IOException(
                        "Cannot read column %s: its dictionary is missing".formatted(column.getPath()[0]));
            }
            return new PageValues.Numbered(bytes, at, chunk);
        }
        ValuesReader reader = encoding.getValuesReader(column, ValuesType.VALUES);
        reader.initFromPage(
                valuesLeft,
                ByteBufferInputStream.wrap(
                        BytesInput.from(bytes, at, bytes.length - at).toByteBuffer()));
        return new PageValues.Encoded(reader, dictionary);
    }

    /** A page's bytes, levels first, as in version 1, and how its parts are encoded. */
    private record Layout(BytesInput bytes, Encoding repetitions, Encoding definitions, Encoding values) {}

    private static final DataPage.Visitor<Layout> LAYOUT = new DataPage.Visitor<>() {

        @Override
        public Layout visit(DataPageV1 page) {
            return new Layout(page.getBytes(), page.getRlEncoding(), page.getDlEncoding(), page.getValueEncoding());
        }

        @Override
        public Layout visit(DataPageV2 page) {
            BytesInput bytes = BytesInput.concat(
                    levels(page.getRepetitionLevels()), levels(page.getDefinitionLevels()), page.getData());
            return new Layout(bytes, Encoding.RLE, Encoding.RLE, page.getDataEncoding());
        }

        /** Version 2 tells the length of the levels elsewhere; a column without levels has none in either. */
        private BytesInput levels(BytesInput levels) {
            return levels.size() == 0
                    ? levels
                    : BytesInput.concat(BytesInput.fromInt(Math.toIntExact(levels.size())), levels);
        }
    };
}
