package com.qcompany.batch.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;

/**
 * The text of a record, or where its bytes are no UTF-8 their base64 form.
 *
 * @param text the text, or base64
 * @param utf8 whether it is the text
 */
public record RecordText(String text, boolean utf8) {

    /** Decodes strictly: one wrong byte, and the whole record is base64. */
    static RecordText decode(byte[] record) {
        String text = new String(record, UTF_8);
        boolean utf8 = text.indexOf('\uFFFD') < 0 || Arrays.equals(text.getBytes(UTF_8), record);
        return new RecordText(utf8 ? text : Base64.getEncoder().encodeToString(record), utf8);
    }

    /** {@code utf-8} or {@code base64}, as the table of rejected rows names it. */
    public String encoding() {
        return utf8 ? "utf-8" : "base64";
    }
}
