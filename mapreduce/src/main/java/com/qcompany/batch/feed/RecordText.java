package com.qcompany.batch.feed;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The text of a record, or where its bytes are no UTF-8 their base64 form.
 *
 * @param text the text, or base64
 * @param utf8 whether it is the text
 */
public record RecordText(String text, boolean utf8) {

    /** Decodes strictly: one wrong byte, and the whole record is base64. */
    public static RecordText decode(byte[] bytes, int offset, int length) {
        ByteBuffer record = ByteBuffer.wrap(bytes, offset, length);
        try {
            return new RecordText(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(record.duplicate())
                            .toString(),
                    true);
        } catch (CharacterCodingException e) {
            ByteBuffer encoded = Base64.getEncoder().encode(record);
            return new RecordText(StandardCharsets.ISO_8859_1.decode(encoded).toString(), false);
        }
    }

    /** {@code utf-8} or {@code base64}, as the table of rejected rows names it. */
    public String encoding() {
        return utf8 ? "utf-8" : "base64";
    }
}
