package com.qcompany.stream.compact;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.VersionParser;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.VersionParser.VersionParseException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a file block by block. Memory: the compressed pages of one row group of the file, and a page of
 * each column.
 */
final class RowBlocks implements Closeable {

    private final ParquetFileReader file;
    private final int blockRows;
    private final @Nullable ParsedVersion writer;
    private final MessageType schema;
    private List<Leaf> leaves = List.of();
    private int rowGroup;
    private long rowsLeft;

    /**
     * Opens a file.
     *
     * @param blockRows most rows of a block
     * @throws IOException if it has a column that table kafka lacks, which would be lost
     */
    RowBlocks(Path path, int blockRows, Configuration conf) throws IOException {
        this.blockRows = blockRows;
        this.file = ParquetFileReader.open(HadoopInputFile.fromPath(path, conf));
        this.schema = file.getFileMetaData().getSchema();
        this.writer = version(file.getFileMetaData().getCreatedBy());
        for (ColumnDescriptor column : schema.getColumns()) {
            if (!RowBlock.SCHEMA.containsPath(column.getPath())) {
                file.close();
                throw new IOException("Cannot rewrite %s: table kafka has no column %s (it has %s)"
                        .formatted(path, String.join(".", column.getPath()), RowBlock.SCHEMA.getColumns()));
            }
        }
    }

    /** The next rows; null at the end. */
    @Nullable
    RowBlock next() throws IOException {
        while (rowsLeft == 0) {
            PageReadStore group = file.readNextRowGroup();
            if (group == null) {
                return null;
            }
            rowsLeft = group.getRowCount();
            leaves = leaves(group, file.getRowGroups().get(rowGroup++));
        }
        int rows = (int) Math.min(rowsLeft, blockRows);
        rowsLeft -= rows;
        return new RowBlock(rows, leaves.stream().map(leaf -> leaf.read(rows)).toList());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private List<Leaf> leaves(PageReadStore group, BlockMetaData metadata) {
        Set<ColumnPath> dictionaries = metadata.getColumns().stream()
                .filter(chunk -> chunk.getEncodingStats() != null
                        && !chunk.getEncodingStats().hasNonDictionaryEncodedPages())
                .map(ColumnChunkMetaData::getPath)
                .collect(Collectors.toSet());
        List<Leaf> opened = new ArrayList<>();
        for (ColumnDescriptor column : RowBlock.SCHEMA.getColumns()) {
            ColumnReader reader = schema.containsPath(column.getPath())
                    ? new ColumnReaderImpl(column, group.getPageReader(column), new PrimitiveConverter() {}, writer)
                    : null;
            opened.add(new Leaf(column, reader, dictionaries.contains(ColumnPath.get(column.getPath()))));
        }
        return opened;
    }

    private static @Nullable ParsedVersion version(@Nullable String createdBy) {
        try {
            return createdBy == null ? null : VersionParser.parse(createdBy);
        } catch (VersionParseException e) {
            return null;
        }
    }

    /** A column of the row group at hand; without a reader where the file lacks it. */
    private static final class Leaf {

        private final ColumnDescriptor column;
        private final @Nullable ColumnReader reader;
        private final boolean isDictionary;
        private long valuesLeft;

        Leaf(ColumnDescriptor column, @Nullable ColumnReader reader, boolean isDictionary) {
            this.column = column;
            this.reader = reader;
            this.isDictionary = isDictionary;
            this.valuesLeft = reader == null ? 0 : reader.getTotalValueCount();
        }

        ColumnValues read(int rows) {
            ColumnValues values = ColumnValues.of(column, rows, isDictionary);
            if (reader == null) {
                values.addNulls(rows);
            } else {
                values.read(reader, rows, valuesLeft);
                valuesLeft -= values.values();
            }
            return values;
        }
    }
}
