package com.qcompany.warehouse;

import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveComparator;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code transaction_keys}, searched forward for keys that come in its order: the pages that can hold keys of
 * some dates, column by column, without a row for every key that is passed over. Memory: those pages of one row
 * group. Not thread-safe.
 */
public final class KeyFile implements Closeable {

    private static final Table KEYS = StarSchema.TRANSACTION_KEYS;
    private static final MessageType SCHEMA = KEYS.messageType();
    private static final int DATE = KEYS.indexOf("transaction_date");
    private static final int ID = KEYS.indexOf("transaction_id");
    private static final int DIGEST = KEYS.indexOf("content_digest");

    private static final GroupConverter UNCONVERTED = new GroupConverter() {

        private final Converter values = new PrimitiveConverter() {};

        @Override
        public Converter getConverter(int fieldIndex) {
            return values;
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    };

    private final ParquetFileReader file;
    private final PrimitiveComparator<Binary> order =
            SCHEMA.getType(ID).asPrimitiveType().comparator();
    private @Nullable RowGroup rows;

    /** The keys of a row group from the current one on. */
    private static final class RowGroup {

        private final ColumnReader dates;
        private final ColumnReader ids;
        private final ColumnReader digests;
        private long rowsLeft;
        private long digestsBehind;
        private Binary date;
        private Binary id;

        RowGroup(PageReadStore pages, String createdBy) {
            ColumnReadStoreImpl columns = new ColumnReadStoreImpl(pages, UNCONVERTED, SCHEMA, createdBy);
            this.dates = columns.getColumnReader(SCHEMA.getColumns().get(DATE));
            this.ids = columns.getColumnReader(SCHEMA.getColumns().get(ID));
            this.digests = columns.getColumnReader(SCHEMA.getColumns().get(DIGEST));
            this.rowsLeft = pages.getRowCount();
            this.date = dates.getBinary();
            this.id = ids.getBinary();
        }

        /** Goes to the next key; false if there is none. */
        boolean advance() {
            rowsLeft--;
            if (rowsLeft == 0) {
                return false;
            }
            dates.consume();
            ids.consume();
            digestsBehind++;
            date = dates.getBinary();
            id = ids.getBinary();
            return true;
        }

        long digest() {
            for (; digestsBehind > 0; digestsBehind--) {
                digests.skip();
                digests.consume();
            }
            return digests.getLong();
        }
    }

    private KeyFile(ParquetFileReader file) throws IOException {
        this.file = file;
        this.rows = nextRowGroup();
    }

    /**
     * Opens a file.
     *
     * @param dates dates of which keys will be asked for, {@code uuuu-MM-dd}
     */
    public static KeyFile open(Path path, Configuration conf, Set<String> dates) throws IOException {
        ParquetFileReader file =
                ParquetRows.openPages(path, conf, KEYS.columns().get(DATE).name(), dates);
        try {
            file.setRequestedSchema(SCHEMA);
            return new KeyFile(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Digest of the sale that has a key; empty where the file has none. Asked for in ascending order.
     *
     * @param key a row of {@code transaction_keys}, of which the digest is not looked at
     */
    public OptionalLong digestOf(Row key) throws IOException {
        Binary date = (Binary) Objects.requireNonNull(key.stored(DATE));
        Binary id = (Binary) Objects.requireNonNull(key.stored(ID));
        while (rows != null) {
            int byDate = order.compare(rows.date, date);
            int byKey = byDate != 0 ? byDate : order.compare(rows.id, id);
            if (byKey >= 0) {
                return byKey == 0 ? OptionalLong.of(rows.digest()) : OptionalLong.empty();
            }
            if (!rows.advance()) {
                rows = nextRowGroup();
            }
        }
        return OptionalLong.empty();
    }

    private @Nullable RowGroup nextRowGroup() throws IOException {
        PageReadStore pages = file.readNextFilteredRowGroup();
        return pages == null ? null : new RowGroup(pages, file.getFileMetaData().getCreatedBy());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
