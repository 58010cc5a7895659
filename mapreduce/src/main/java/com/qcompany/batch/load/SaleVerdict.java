package com.qcompany.batch.load;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Decides what becomes of each sale of a load, asked for in the order of date, id and source: the first of an id that
 * is not published is loaded; a repeat of its values is a duplicate; other values under the same id are a change, which
 * does not go into the figures.
 */
final class SaleVerdict {

    /** What becomes of a sale. */
    enum Fate {
        LOADED,
        DUPLICATE,
        CHANGED
    }

    /** Digest of a published sale, as {@link PublishedKeys#digestOf}. */
    interface Published {
        OptionalLong digestOf(String date, String id) throws IOException;
    }

    private final Published published;
    private String date = "";
    private String id = "";
    private long digest;

    SaleVerdict(Published published) {
        this.published = published;
    }

    Fate of(String saleDate, String saleId, long saleDigest) throws IOException {
        if (!saleDate.equals(date) || !saleId.equals(id)) {
            OptionalLong before = published.digestOf(saleDate, saleId);
            date = saleDate;
            id = saleId;
            digest = before.orElse(saleDigest);
            if (before.isEmpty()) {
                return Fate.LOADED;
            }
        }
        return saleDigest == digest ? Fate.DUPLICATE : Fate.CHANGED;
    }
}
