package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Binary;
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

    private final ParquetFileReader file;
    private final PrimitiveComparator<Binary> order =
            SCHEMA.getType(ID).asPrimitiveType().comparator();
    private @Nullable RowGroup rows;
    private Binary lastFound = Binary.EMPTY;
    private Binary lastWanted = Binary.EMPTY;
    private int lastOrder;

    /** The keys of a row group from the current one on; an id or digest is decoded when it is asked for. */
    private static final class RowGroup {

        private final ColumnValues dates;
        private final ColumnValues ids;
        private final ColumnValues digests;
        private @Nullable Binary id;
        private Binary date = Binary.EMPTY;
        private long digest;

        RowGroup(PageReadStore pages) throws IOException {
            this.dates = new ColumnValues(pages, SCHEMA.getColumns().get(DATE));
            this.ids = new ColumnValues(pages, SCHEMA.getColumns().get(ID));
            this.digests = new ColumnValues(pages, SCHEMA.getColumns().get(DIGEST));
        }

        /** Goes to the next key; false if there is none. */
        boolean advance() throws IOException {
            if (!dates.next()) {
                return false;
            }
            date = dates.text();
            id = null;
            return true;
        }

        Binary id() throws IOException {
            if (id == null) {
                ids.seek(dates.row());
                id = ids.text();
            }
            return id;
        }

        long digest() throws IOException {
            if (digests.row() < dates.row()) {
                digests.seek(dates.row());
                digest = digests.number();
            }
            return digest;
        }
    }

    private KeyFile(ParquetFileReader file) throws IOException {
        this.file = file;
        this.rows = nextRowGroup();
    }

    /**
     * Opens a file.
     *
     * @param file path and length
     * @param dates dates of which keys will be asked for, {@code uuuu-MM-dd}
     */
    public static KeyFile open(FileStatus file, Configuration conf, Set<String> dates) throws IOException {
        ParquetFileReader reader =
                ParquetRows.openPages(file, conf, KEYS.columns().get(DATE).name(), dates);
        try {
            reader.setRequestedSchema(SCHEMA);
            return new KeyFile(reader);
        } catch (IOException | RuntimeException e) {
            reader.close();
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
            int byDate = compareDates(rows.date, date);
            int byKey = byDate != 0 ? byDate : order.compare(rows.id(), id);
            if (byKey >= 0) {
                return byKey == 0 ? OptionalLong.of(rows.digest()) : OptionalLong.empty();
            }
            if (!rows.advance()) {
                rows = nextRowGroup();
            }
        }
        return OptionalLong.empty();
    }

    /** A date has thousands of keys, which a dictionary gives as one object: it is compared once. */
    private int compareDates(Binary found, Binary wanted) {
        if (found != lastFound || wanted != lastWanted) {
            lastFound = found;
            lastWanted = wanted;
            lastOrder = order.compare(found, wanted);
        }
        return lastOrder;
    }

    private @Nullable RowGroup nextRowGroup() throws IOException {
        for (PageReadStore pages = file.readNextFilteredRowGroup();
                pages != null;
                pages = file.readNextFilteredRowGroup()) {
            RowGroup group = new RowGroup(pages);
            if (group.advance()) {
                return group;
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
