package com.qcompany.stream.compact;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.PageWriter;

/**
 * Writes one column of a row group: values by their numbers in a dictionary, as long as that pays, and plain from there
 * on. For one thread at a time.
 */
final class ChunkWriter {

    private final int maxRepetition;
    private final int maxDefinition;
    private final int mostPageRows;
    private final int mostPageBytes;
    private final PageWriter pages;
    private final PageStatistics statistics;
    private final ChunkValues values;
    private final HybridWriter repetitions;
    private final HybridWriter definitions;
    private int valuesInPage;
    private int rowsInPage;

    ChunkWriter(ColumnDescriptor column, ValueDictionary dictionary, PageWriter pages, ParquetProperties properties) {
        this.maxRepetition = column.getMaxRepetitionLevel();
        this.maxDefinition = column.getMaxDefinitionLevel();
        this.mostPageRows = properties.getPageRowCountLimit();
        this.mostPageBytes = properties.getPageSizeThreshold();
        this.pages = pages;
        this.statistics = new PageStatistics(column.getPrimitiveType(), dictionary.type());
        this.values = new ChunkValues(dictionary, statistics);
        this.repetitions = new HybridWriter();
        this.definitions = new HybridWriter();
    }

    /** Writes the column of some rows. */
    void write(RowOrder order, int column) throws IOException {
        values.makeRoom();
        ColumnValues[] blocks = order.column(column);
        for (int i = order.from(); i < order.to(); i++) {
            int place = order.places()[i];
            ColumnValues block = blocks[RowOrder.block(place)];
            int row = RowOrder.row(place);
            if (block.isRepeated()) {
                writeRepeated(block, row);
            } else {
                write(block, block.code(row), 0);
            }
            rowsInPage++;
            if (rowsInPage == mostPageRows || values.pageBytes() >= mostPageBytes) {
                endPage();
            }
        }
    }

    /** Ends the column chunk. */
    void finish() throws IOException {
        if (rowsInPage > 0) {
            endPage();
        }
        values.finish(pages);
    }

    /** Bytes written until now, those of the last page not yet compressed. */
    long bytes() {
        return pages.getMemSize() + values.bytes();
    }

    private void writeRepeated(ColumnValues block, int row) {
        int start = block.starts()[row];
        int end = block.starts()[row + 1];
        for (int value = start; value < end; value++) {
            write(block, block.code(value), value == start ? 0 : 1);
        }
    }

    private void write(ColumnValues block, int code, int repetition) {
        if (maxRepetition > 0) {
            repetitions.add(repetition);
        }
        if (ColumnValues.isAbsent(code)) {
            definitions.add(ColumnValues.definition(code));
            statistics.addAbsent();
        } else {
            definitions.add(maxDefinition);
            values.add(code, block);
        }
        valuesInPage++;
    }

    private void endPage() throws IOException {
        ChunkValues.Page page = values.endPage();
        pages.writePage(
                BytesInput.concat(levels(repetitions, maxRepetition), levels(definitions, maxDefinition), page.bytes()),
                valuesInPage,
                rowsInPage,
                statistics.take(),
                Encoding.RLE,
                Encoding.RLE,
                page.encoding());
        repetitions.clear();
        definitions.clear();
        valuesInPage = 0;
        rowsInPage = 0;
    }

    /** Their size before the levels; nothing for a column that has but one level. */
    private static BytesInput levels(HybridWriter levels, int max) throws IOException {
        if (max == 0) {
            return BytesInput.empty();
        }
        byte[] bytes = levels.encode(BytesUtils.getWidthFromMaxInt(max));
        return BytesInput.concat(BytesInput.fromInt(bytes.length), BytesInput.from(bytes));
    }
}
