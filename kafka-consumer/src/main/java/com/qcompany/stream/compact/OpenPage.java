package com.qcompany.stream.compact;

import java.io.IOException;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.values.ValuesReader;
import org.jspecify.annotations.Nullable;

/** A page that is being read: levels and values side by side. */
final class OpenPage {

    private static final int UNREAD = -1;

    private final int maxDefinition;
    private final ValuesReader repetitions;
    private final ValuesReader definitions;
    private final PageValues values;
    private int valuesLeft;
    private int nextRepetition = UNREAD;

    private OpenPage(
            int count, int maxDefinition, ValuesReader repetitions, ValuesReader definitions, PageValues values) {
        this.valuesLeft = count;
        this.maxDefinition = maxDefinition;
        this.repetitions = repetitions;
        this.definitions = definitions;
        this.values = values;
    }

    /** Opens a page of a column, of either version. */
    static OpenPage of(
            DataPage page, ColumnDescriptor column, ValueDictionary dictionary, @Nullable ChunkDictionary chunk)
            throws IOException {
        Layout layout = page.accept(LAYOUT);
        ByteBufferInputStream bytes = layout.bytes.toInputStream();
        int count = page.getValueCount();
        ValuesReader repetitions = layout.repetitions.getValuesReader(column, ValuesType.REPETITION_LEVEL);
        repetitions.initFromPage(count, bytes);
        ValuesReader definitions = layout.definitions.getValuesReader(column, ValuesType.DEFINITION_LEVEL);
        definitions.initFromPage(count, bytes);
        PageValues values = values(layout.values, count, bytes, column, dictionary, chunk);
        return new OpenPage(count, column.getMaxDefinitionLevel(), repetitions, definitions, values);
    }

    int valuesLeft() {
        return valuesLeft;
    }

    /** Repetition level of the next value. */
    int repetition() {
        if (nextRepetition == UNREAD) {
            nextRepetition = repetitions.readInteger();
        }
        return nextRepetition;
    }

    /** The code of the next value. */
    int next(ColumnValues target) throws IOException {
        valuesLeft--;
        nextRepetition = UNREAD;
        int definition = maxDefinition == 0 ? 0 : definitions.readInteger();
        return definition == maxDefinition ? values.next(target) : ColumnValues.absent(definition);
    }

    private static PageValues values(
            Encoding encoding,
            int count,
            ByteBufferInputStream bytes,
            ColumnDescriptor column,
            ValueDictionary dictionary,
            @Nullable ChunkDictionary chunk)
            throws IOException {
        if (encoding.usesDictionary()) {
            if (chunk == null) {
                throw new IOException("Cannot read column %s: its dictionary is missing"
                        .formatted(String.join(".", column.getPath())));
            }
            return new PageValues.Numbered(bytes, chunk);
        }
        if (encoding == Encoding.PLAIN) {
            return PageValues.plain(bytes, dictionary);
        }
        ValuesReader reader = encoding.getValuesReader(column, ValuesType.VALUES);
        reader.initFromPage(count, bytes);
        return PageValues.encoded(reader, dictionary);
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
