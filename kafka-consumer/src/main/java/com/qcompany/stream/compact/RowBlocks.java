package com.qcompany.stream.compact;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a file block by block. Memory: the compressed pages of one row group of the file, and a page of
 * each column.
 */
final class RowBlocks implements Closeable {

    private final ParquetFileReader file;
    private final int blockRows;
    private final List<ValueDictionary> dictionaries;
    private final ColumnWorkers workers;
    private final @Nullable ChunkReader[] columns = new ChunkReader[RowBlock.COLUMNS.size()];
    private final MessageType schema;
    private long rowsLeft;

    /**
     * Opens a file.
     *
     * @param blockRows most rows of a block
     * @param dictionaries take the values of the columns
     * @throws IOException if it has a column that table kafka lacks, which would be lost, or lacks one that is required
     */
    RowBlocks(Path path, int blockRows, List<ValueDictionary> dictionaries, ColumnWorkers workers, Configuration conf)
            throws IOException {
        this.blockRows = blockRows;
        this.dictionaries = dictionaries;
        this.workers = workers;
        this.file = ParquetFileReader.open(
                HadoopInputFile.fromPath(path, conf),
                HadoopReadOptions.builder(conf)
                        .withCodecFactory(new PageCodecs(conf))
                        .build());
        this.schema = file.getFileMetaData().getSchema();
        try {
            requireColumns(path);
        } catch (IOException e) {
            file.close();
            throw e;
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
            workers.forEachColumn(column -> columns[column] = open(column, group));
        }
        int rows = (int) Math.min(rowsLeft, blockRows);
        rowsLeft -= rows;
        ColumnValues[] values = new ColumnValues[columns.length];
        workers.forEachColumn(column -> values[column] = read(columns[column], rows));
        return new RowBlock(rows, List.of(values), dictionaries);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Null where the file lacks the column. */
    private @Nullable ChunkReader open(int index, PageReadStore group) throws IOException {
        ColumnDescriptor column = RowBlock.COLUMNS.get(index);
        return schema.containsPath(column.getPath())
                ? new ChunkReader(column, group.getPageReader(column), dictionaries.get(index))
                : null;
    }

    private static ColumnValues read(@Nullable ChunkReader column, int rows) throws IOException {
        return column == null ? ColumnValues.ofNulls() : column.read(rows);
    }

    private void requireColumns(Path path) throws IOException {
        for (ColumnDescriptor column : schema.getColumns()) {
            if (!RowBlock.SCHEMA.containsPath(column.getPath())) {
                throw new IOException("Cannot rewrite %s: table kafka has no column %s (it has %s)"
                        .formatted(path, String.join(".", column.getPath()), RowBlock.COLUMNS));
            }
        }
        for (ColumnDescriptor column : RowBlock.COLUMNS) {
            if (column.getMaxDefinitionLevel() == 0 && !schema.containsPath(column.getPath())) {
                throw new IOException("Cannot rewrite %s: it lacks column %s (every row of table kafka has one)"
                        .formatted(path, String.join(".", column.getPath())));
            }
        }
    }
}
