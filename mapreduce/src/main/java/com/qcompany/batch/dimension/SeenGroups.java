package com.qcompany.batch.dimension;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.roaringbitmap.RoaringBitmap;

/** Ledger records of groups as a text: a RoaringBitmap in base64. */
final class SeenGroups {
    private SeenGroups() {}

    static String encode(RoaringBitmap groups) {
        groups.runOptimize();
        ByteBuffer bytes = ByteBuffer.allocate(groups.serializedSizeInBytes());
        groups.serialize(bytes);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** @throws IllegalArgumentException if the text is none of these */
    static RoaringBitmap decode(String text) {
        RoaringBitmap groups = new RoaringBitmap();
        try {
            groups.deserialize(ByteBuffer.wrap(Base64.getDecoder().decode(text)));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Cannot read groups: %s (expected a RoaringBitmap in base64)".formatted(text), e);
        }
        return groups;
    }
}
