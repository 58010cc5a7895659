package com.qcompany.batch.load;

import com.qcompany.warehouse.Utf8Order;

/**
 * Where a sale comes among those of its date: by id, as in published files, then by the line it comes from.
 *
 * @param prefix {@link Utf8Order#prefix} of the id, which nearly always decides
 * @param id its transaction_id
 * @param file index of its file in the plan
 * @param offset where its line begins in the file, in bytes
 */
record SalePlace(long prefix, String id, int file, long offset) implements Comparable<SalePlace> {

    static SalePlace of(String id, int file, long offset) {
        return new SalePlace(Utf8Order.prefix(id), id, file, offset);
    }

    @Override
    public int compareTo(SalePlace other) {
        if (prefix != other.prefix) {
            return Long.compareUnsigned(prefix, other.prefix);
        }
        int byId = Utf8Order.compare(id, other.id);
        if (byId != 0) {
            return byId;
        }
        int byFile = Integer.compare(file, other.file);
        return byFile != 0 ? byFile : Long.compare(offset, other.offset);
    }
}
