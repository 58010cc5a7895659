package com.qcompany.batch.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.apache.commons.codec.digest.MurmurHash3;
import org.apache.hadoop.io.DataOutputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Digest of a record's values: the first half of MurmurHash3 x64 128, seed 0, over the columns that are not null by
 * name, each as the CRC-32 of its name, a byte for its type and its value. A text is its UTF-8 bytes behind their count,
 * everything else 8 bytes, big-endian: a whole number, the number of a day, 1 for true, or the digits of a decimal
 * without trailing zeros, behind which a byte is its scale.
 */
final class ContentDigest {

    private final int[] tags;
    private final int[] fields;

    /** @param fields index of each column's value, by name */
    ContentDigest(Map<String, Integer> fields) {
        Map<String, Integer> ordered = new TreeMap<>(fields);
        this.tags = ordered.keySet().stream().mapToInt(ContentDigest::tag).toArray();
        this.fields = ordered.values().stream().mapToInt(Integer::intValue).toArray();
    }

    long of(@Nullable Object[] values) {
        DataOutputBuffer bytes = new DataOutputBuffer(512);
        try {
            for (int i = 0; i < fields.length; i++) {
                Object value = values[fields[i]];
                if (value != null) {
                    bytes.writeInt(tags[i]);
                    put(value, bytes);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to memory", e);
        }
        return MurmurHash3.hash128x64(bytes.getData(), 0, bytes.getLength(), 0)[0];
    }

    private static int tag(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    private static void put(Object value, DataOutputBuffer bytes) throws IOException {
        if (value instanceof String text) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            bytes.writeByte('t');
            bytes.writeInt(encoded.length);
            bytes.write(encoded);
        } else if (value instanceof BigDecimal decimal) {
            BigDecimal shortest = decimal.stripTrailingZeros();
            BigDecimal digits = shortest.setScale(Math.max(0, shortest.scale()));
            put('m', digits.unscaledValue().longValueExact(), bytes);
            bytes.writeByte(digits.scale());
        } else if (value instanceof LocalDate date) {
            put('d', date.toEpochDay(), bytes);
        } else if (value instanceof Boolean flag) {
            put('b', flag ? 1 : 0, bytes);
        } else {
            put('n', ((Number) value).longValue(), bytes);
        }
    }

    private static void put(char type, long value, DataOutputBuffer bytes) throws IOException {
        bytes.writeByte(type);
        bytes.writeLong(value);
    }
}
