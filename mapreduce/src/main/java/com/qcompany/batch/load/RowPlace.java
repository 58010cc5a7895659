package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.Utf8Order;

/**
 * Where a row comes among those of its group: by the key of what it tells of, as in published files, then by where it
 * comes from.
 *
 * @param prefix {@link Utf8Order#prefix} of the key, which nearly always decides, or the key where it is a number
 * @param key the key where it is a text, else empty
 * @param file index of its file in the plan; -1 where it is published
 * @param offset where its line begins in the file, in bytes, or the number of a published version
 */
record RowPlace(long prefix, String key, int file, long offset) implements Comparable<RowPlace> {

    private static final int PUBLISHED = -1;

    /** The place of a line that shows something of a key, a text or a whole number. */
    static RowPlace of(Object key, int file, long offset) {
        return key instanceof String text
                ? new RowPlace(Utf8Order.prefix(text), text, file, offset)
                : new RowPlace(((Number) key).longValue() ^ Long.MIN_VALUE, "", file, offset);
    }

    /** The place of a published version of a thing, before all lines. */
    static RowPlace ofPublished(Object key, int version) {
        return of(key, PUBLISHED, version);
    }

    boolean isPublished() {
        return file == PUBLISHED;
    }

    boolean hasKeyOf(RowPlace other) {
        return prefix == other.prefix && key.equals(other.key);
    }

    @Override
    public int compareTo(RowPlace other) {
        if (prefix != other.prefix) {
            return Long.compareUnsigned(prefix, other.prefix);
        }
        int byKey = Utf8Order.compare(key, other.key);
        if (byKey != 0) {
            return byKey;
        }
        int byFile = Integer.compare(file, other.file);
        return byFile != 0 ? byFile : Long.compare(offset, other.offset);
    }
}
