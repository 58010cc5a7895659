package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.Table;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file of a table's rows, opened once: each of its row groups can be read row by row, or copied as it is by a
 * {@link RowGroupWriter}. Memory: the row groups that are being read. Not thread-safe.
 */
public final class RowGroupFile implements Closeable {

    private final Table table;
    private final InputFile file;
    private final SeekableInputStream in;
    private final ParquetFileReader reader;
    private final MessageColumnIO columns;

    private RowGroupFile(Table table, InputFile file, SeekableInputStream in, ParquetFileReader reader) {
        this.table = table;
        this.file = file;
        this.in = in;
        this.reader = reader;
        FileMetaData footer = reader.getFileMetaData();
        MessageType schema = table.messageType();
        reader.setRequestedSchema(schema);
        this.columns = new ColumnIOFactory(footer.getCreatedBy()).getColumnIO(schema, footer.getSchema(), true);
    }

    /**
     * Opens a file. Columns that it lacks are null, as in Hive.
     *
     * @throws IOException if it cannot be read or is no Parquet file
     */
    public static RowGroupFile open(Table table, Path path, Configuration conf) throws IOException {
        return open(table, ParquetRows.inputFile(path, conf), conf);
    }

    /**
     * The same for a file whose length is known, with a question less to the file system.
     *
     * @param bytes its length
     */
    public static RowGroupFile open(Table table, Path path, long bytes, Configuration conf) throws IOException {
        return open(table, ParquetRows.inputFile(new FileStatus(bytes, false, 1, 0, 0, path), conf), conf);
    }

    /** The same for a file wherever it is. */
    public static RowGroupFile open(Table table, InputFile file, Configuration conf) throws IOException {
        SeekableInputStream in = file.newStream();
        try {
            return new RowGroupFile(table, file, in, ParquetFileReader.open(file, ParquetRows.options(conf), in));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Number of its row groups. */
    public int groups() {
        return reader.getRowGroups().size();
    }

    /** Rows of a row group. */
    public long rows(int group) {
        return reader.getRowGroups().get(group).getRowCount();
    }

    /** Bytes of all row groups, compressed. */
    public long bytes() {
        return reader.getRowGroups().stream()
                .mapToLong(BlockMetaData::getCompressedSize)
                .sum();
    }

    /**
     * Pages of a required whole-number column, in their order; a row group without an index of its pages counts as one.
     *
     * @throws IOException if the file cannot be read or has no statistics of the column
     */
    public List<KeyPage> pages(String column) throws IOException {
        List<KeyPage> pages = new ArrayList<>();
        for (BlockMetaData group : reader.getRowGroups()) {
            ColumnChunkMetaData chunk = group.getColumns().stream()
                    .filter(candidate -> candidate.getPath().toDotString().equals(column))
                    .findFirst()
                    .orElseThrow(() -> new IOException("Cannot find column %s in %s".formatted(column, file)));
            ColumnIndex values = reader.readColumnIndex(chunk);
            OffsetIndex offsets = reader.readOffsetIndex(chunk);
            if (values == null || offsets == null) {
                pages.add(wholeGroup(chunk, group.getRowCount()));
                continue;
            }
            for (int page = 0; page < offsets.getPageCount(); page++) {
                pages.add(new KeyPage(
                        BytesUtils.readIntLittleEndian(values.getMinValues().get(page), 0),
                        BytesUtils.readIntLittleEndian(values.getMaxValues().get(page), 0),
                        offsets.getLastRowIndex(page, group.getRowCount()) + 1 - offsets.getFirstRowIndex(page)));
            }
        }
        return pages;
    }

    private KeyPage wholeGroup(ColumnChunkMetaData chunk, long rows) throws IOException {
        if (chunk.getStatistics() instanceof IntStatistics statistics && statistics.hasNonNullValue()) {
            return new KeyPage(statistics.getMin(), statistics.getMax(), rows);
        }
        throw new IOException("Cannot tell which values %s of %s has: no statistics"
                .formatted(chunk.getPath().toDotString(), file));
    }

    /** Whether it has the table's columns as they are declared now, so that its row groups can be copied. */
    public boolean hasDeclaredSchema() {
        return reader.getFileMetaData().getSchema().equals(table.messageType());
    }

    /** Whether a file of rows that are in order is so throughout, and not only within each row group. */
    public boolean isOrderedThroughout() {
        return !RowGroupWriter.WITHIN_ROW_GROUPS.equals(
                reader.getFileMetaData().getKeyValueMetaData().get(RowGroupWriter.ORDER));
    }

    /** The rows of some row groups, one group after the other. */
    public Rows read(int firstGroup, int groupsEnd) {
        return new Rows(firstGroup, groupsEnd);
    }

    /** Copies a row group with its indexes to the end of a file. */
    void copyTo(ParquetFileWriter out, int group) throws IOException {
        List<ColumnDescriptor> descriptors = table.messageType().getColumns();
        BlockMetaData block = reader.getRowGroups().get(group);
        // The indexes lie behind all columns, and HDFS connects anew to read backwards.
        List<Indexes> indexes = new ArrayList<>();
        for (ColumnChunkMetaData chunk : block.getColumns()) {
            indexes.add(new Indexes(reader.readColumnIndex(chunk), reader.readOffsetIndex(chunk)));
        }
        out.startBlock(block.getRowCount());
        for (int i = 0; i < descriptors.size(); i++) {
            Indexes ofColumn = indexes.get(i);
            out.appendColumnChunk(
                    descriptors.get(i), in, block.getColumns().get(i), null, ofColumn.values(), ofColumn.offsets());
        }
        out.endBlock();
    }

    /** Least and greatest values of a column's pages, and where the pages lie; null where the file has none. */
    private record Indexes(@Nullable ColumnIndex values, @Nullable OffsetIndex offsets) {}

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Its path. */
    @Override
    public String toString() {
        return file.toString();
    }

    /** Rows of a file one by one. */
    public final class Rows {

        private final int groupsEnd;
        private int nextGroup;
        private long rowsLeft;
        private @Nullable RecordReader<Row> group;

        private Rows(int firstGroup, int groupsEnd) {
            this.nextGroup = firstGroup;
            this.groupsEnd = groupsEnd;
        }

        /** The next row; null after the last one. */
        public @Nullable Row next() throws IOException {
            while (group == null || rowsLeft == 0) {
                if (nextGroup == groupsEnd) {
                    group = null;
                    return null;
                }
                PageReadStore pages = reader.readRowGroup(nextGroup++);
                rowsLeft = pages.getRowCount();
                group = columns.getRecordReader(pages, RowReadSupport.materializer(table));
            }
            rowsLeft--;
            return group.read();
        }
    }
}
