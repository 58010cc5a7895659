package com.qcompany.batch.feed;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The text of a record, or where its bytes are no UTF-8 their base64 form.
 *
 * @param text the text, or base64
 * @param utf8 whether it is the text
 */
public record RecordText(String text, boolean utf8) {

    private static final char REPLACEMENT = '\uFFFD';

    /** Decodes strictly: one wrong byte, and the whole record is base64. */
    public static RecordText decode(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0 || isUtf8(bytes, offset, length)) {
            return new RecordText(text, true);
        }
        byte[] encoded = Base64.getEncoder()
                .encode(ByteBuffer.wrap(bytes, offset, length).slice())
                .array();
        return new RecordText(new String(encoded, StandardCharsets.ISO_8859_1), false);
    }

    /** {@code utf-8} or {@code base64}, as the table of rejected rows names it. */
    public String encoding() {
        return utf8 ? "utf-8" : "base64";
    }

    private static boolean isUtf8(byte[] bytes, int offset, int length) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, offset, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
