package com.qcompany.batch.dimension;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.roaringbitmap.RoaringBitmap;

/** Ledger records of the groups in which a version was seen, as a text: a RoaringBitmap in base64. */
public final class SeenIn {

    private SeenIn() {}

    public static RoaringBitmap groups(String text) {
        RoaringBitmap groups = new RoaringBitmap();
        try {
            groups.deserialize(ByteBuffer.wrap(Base64.getDecoder().decode(text)));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Cannot read groups: %s (expected a RoaringBitmap in base64)".formatted(text), e);
        }
        return groups;
    }

    public static String text(RoaringBitmap groups) {
        groups.runOptimize();
        ByteBuffer bytes = ByteBuffer.allocate(groups.serializedSizeInBytes());
        groups.serialize(bytes);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
