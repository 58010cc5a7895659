package com.qcompany.stream.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Bytes of a record as a text that gives them back exactly.
 *
 * @param text the bytes as text
 * @param encoding how: utf-8, or base64 where they are none
 */
record RawBytes(String text, String encoding) {

    private static final String UTF_8 = "utf-8";
    private static final String BASE64 = "base64";

    static RawBytes of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
                ? new RawBytes(text, UTF_8)
                : new RawBytes(Base64.getEncoder().encodeToString(bytes), BASE64);
    }

    byte[] bytes() {
        return encoding.equals(BASE64) ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
    }
}
