package com.qcompany.batch.ingest;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.lang3.StringUtils;

/**
 * Names of folders and files in the raw zone: as delivered where every file system and Hadoop's paths hold the name,
 * otherwise its plain letters and a digest, {@code 2024-07-04T18-00-00~0a1b2c3d4e5f6071}. No two names share one.
 */
final class RawName {

    private static final Pattern PLAIN = Pattern.compile("(?!.* $)[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._()+=-]*");
    private static final int MAX_BYTES = 200;
    private static final int READABLE_LETTERS = 40;
    private static final int DIGITS = 16;

    private RawName() {}

    static String of(String name) {
        if (PLAIN.matcher(name).matches() && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
            return name;
        }
        String readable = name.replaceAll("[^A-Za-z0-9.]", "-").replaceAll("^\\.", "-");
        return StringUtils.left(readable, READABLE_LETTERS) + "~"
                + StringUtils.left(DigestUtils.sha256Hex(name), DIGITS);
    }
}
