package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.KeyOrder;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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
        OptionalLong digestOf(Row key) throws IOException;
    }

    private static final KeyOrder ORDER = new KeyOrder(StarSchema.TRANSACTION_KEYS);
    private static final int DIGEST = StarSchema.TRANSACTION_KEYS.indexOf("content_digest");

    private final Published published;
    private @Nullable Row last;
    private @Nullable Object digest;

    SaleVerdict(Published published) {
        this.published = published;
    }

    /** @param key the sale's row of {@code transaction_keys} */
    Fate of(Row key) throws IOException {
        if (last == null || ORDER.compare(last, key) != 0) {
            OptionalLong before = published.digestOf(key);
            last = key;
            digest = before.isPresent() ? before.getAsLong() : key.get(DIGEST);
            if (before.isEmpty()) {
                return Fate.LOADED;
            }
        }
        return Objects.equals(key.get(DIGEST), digest) ? Fate.DUPLICATE : Fate.CHANGED;
    }
}
