package com.qcompany.batch.feed;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.apache.commons.codec.digest.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * Digest of a record's values: the first half of MurmurHash3 x64 128, seed 0, over the columns that are not null by
 * name, each as the CRC-32 of its name and its value.
 *
 * <p>A text is its UTF-8 bytes behind their count, a whole number 8 bytes, a decimal its digits and scale without
 * trailing zeros, a date its day number, a boolean one byte; big-endian, each behind a byte for its type. Not
 * thread-safe: it has one buffer.
 */
final class ContentDigest {

    private static final int SEED = 0;

    private final int[] tags;
    private final int[] fields;
    private byte[] buffer = new byte[512];
    private int length;

    /**
     * @param fields index of each column's value, by name
     * @throws IllegalArgumentException if the names of two columns have one CRC-32
     */
    ContentDigest(Map<String, Integer> fields) {
        SortedMap<String, Integer> ordered = new TreeMap<>(fields);
        this.tags = ordered.keySet().stream().mapToInt(ContentDigest::tag).toArray();
        if (IntStream.of(tags).distinct().count() < tags.length) {
            throw new IllegalArgumentException(
                    "Cannot digest columns %s: two have one CRC-32 (rename one)".formatted(ordered.keySet()));
        }
        this.fields = ordered.values().stream().mapToInt(Integer::intValue).toArray();
    }

    long of(@Nullable Object[] values) {
        length = 0;
        for (int i = 0; i < fields.length; i++) {
            Object value = values[fields[i]];
            if (value != null) {
                reserve(4);
                putInt(tags[i]);
                put(value);
            }
        }
        return MurmurHash3.hash128x64(buffer, 0, length, SEED)[0];
    }

    private static int tag(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    private void put(Object value) {
        if (value instanceof String text) {
            putText(text);
        } else if (value instanceof Integer || value instanceof Long) {
            putTyped('n', ((Number) value).longValue());
        } else if (value instanceof BigDecimal decimal) {
            putDecimal(decimal);
        } else if (value instanceof LocalDate date) {
            putTyped('d', date.toEpochDay());
        } else if (value instanceof Boolean flag) {
            putTyped('b', flag ? 1 : 0);
        } else {
            throw new IllegalArgumentException("Cannot digest a %s (expected text, number, date or boolean)"
                    .formatted(value.getClass().getSimpleName()));
        }
    }

    private void putDecimal(BigDecimal decimal) {
        int scale = decimal.scale();
        long digits = decimal.scaleByPowerOfTen(scale).longValueExact();
        while (scale > 0 && digits % 10 == 0) {
            digits /= 10;
            scale--;
        }
        putTyped('m', digits);
        buffer[length++] = (byte) scale;
    }

    private void putText(String text) {
        int chars = text.length();
        reserve(5 + chars);
        buffer[length] = 't';
        int at = length + 5;
        for (int i = 0; i < chars; i++) {
            char next = text.charAt(i);
            if (next > 127) {
                length++;
                putBytes(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            buffer[at++] = (byte) next;
        }
        length++;
        putInt(chars);
        length = at;
    }

    private void putBytes(byte[] bytes) {
        reserve(4 + bytes.length);
        putInt(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void putInt(int value) {
        buffer[length++] = (byte) (value >> 24);
        buffer[length++] = (byte) (value >> 16);
        buffer[length++] = (byte) (value >> 8);
        buffer[length++] = (byte) value;
    }

    private void putTyped(char type, long value) {
        reserve(10);
        buffer[length++] = (byte) type;
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[length++] = (byte) (value >> shift);
        }
    }

    private void reserve(int bytes) {
        if (length + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + bytes));
        }
    }
}
