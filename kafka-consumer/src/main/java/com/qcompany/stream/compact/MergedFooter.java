package com.qcompany.stream.compact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The footer of files that lie one behind the other: all row groups, with their absolute offsets shifted by what lies
 * before them. A page index and Bloom filters hold absolute offsets themselves, so shifted row groups lose theirs;
 * statistics of row groups stay.
 */
final class MergedFooter {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL = Integer.BYTES + MAGIC.length;

    private @Nullable FileMetaData merged;
    private long length;

    /**
     * Adds a file behind those that were added.
     *
     * @throws IOException if it is no Parquet file or its schema differs
     */
    void add(InputFile file) throws IOException {
        FileMetaData footer = read(file);
        FileMetaData first = merged;
        if (first == null) {
            merged = footer;
        } else {
            if (!footer.getSchema().equals(first.getSchema())) {
                throw new IOException("Cannot join %s with others: its schema differs (expected %s)"
                        .formatted(file, first.getSchema()));
            }
            for (RowGroup rowGroup : footer.getRow_groups()) {
                shift(rowGroup, length);
                first.addToRow_groups(rowGroup);
            }
            first.setNum_rows(first.getNum_rows() + footer.getNum_rows());
        }
        length += file.getLength();
    }

    long rows() {
        return footer().getNum_rows();
    }

    /** Writes the footer as the end of a Parquet file. */
    void writeTo(OutputStream out) throws IOException {
        FileMetaData footer = footer();
        for (int i = 0; i < footer.getRow_groups().size(); i++) {
            number(footer.getRow_groups().get(i), i);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, bytes);
        bytes.writeTo(out);
        out.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.size())
                .array());
        out.write(MAGIC);
    }

    private FileMetaData footer() {
        if (merged == null) {
            throw new IllegalStateException("Cannot merge footers: no file was added");
        }
        return merged;
    }

    private static void number(RowGroup rowGroup, int ordinal) {
        if (ordinal <= Short.MAX_VALUE) {
            rowGroup.setOrdinal((short) ordinal);
        } else {
            rowGroup.unsetOrdinal();
        }
    }

    private static void shift(RowGroup rowGroup, long distance) {
        if (rowGroup.isSetFile_offset()) {
            rowGroup.setFile_offset(rowGroup.getFile_offset() + distance);
        }
        for (ColumnChunk chunk : rowGroup.getColumns()) {
            if (chunk.getFile_offset() > 0) {
                chunk.setFile_offset(chunk.getFile_offset() + distance);
            }
            chunk.unsetColumn_index_offset();
            chunk.unsetColumn_index_length();
            chunk.unsetOffset_index_offset();
            chunk.unsetOffset_index_length();
            shift(chunk.getMeta_data(), distance);
        }
    }

    private static void shift(ColumnMetaData column, long distance) {
        column.setData_page_offset(column.getData_page_offset() + distance);
        if (column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0) {
            column.setDictionary_page_offset(column.getDictionary_page_offset() + distance);
        }
        if (column.isSetIndex_page_offset()) {
            column.setIndex_page_offset(column.getIndex_page_offset() + distance);
        }
        column.unsetBloom_filter_offset();
        column.unsetBloom_filter_length();
    }

    private static FileMetaData read(InputFile file) throws IOException {
        long length = file.getLength();
        try (SeekableInputStream in = file.newStream()) {
            byte[] tail = new byte[TAIL];
            if (length >= TAIL + MAGIC.length) {
                in.seek(length - TAIL);
                in.readFully(tail);
            }
            int footerLength =
                    ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
            if (!Arrays.equals(tail, Integer.BYTES, TAIL, MAGIC, 0, MAGIC.length)
                    || footerLength <= 0
                    || footerLength > length - TAIL) {
                throw new IOException("Cannot join %s: it does not end as a plain Parquet file does".formatted(file));
            }
            in.seek(length - TAIL - footerLength);
            return Util.readFileMetaData(in);
        }
    }
}
