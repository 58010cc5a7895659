package com.qcompany.stream.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The value that a JSON parser stands at, as a part of the bytes that the parser reads: nothing is decoded that need not
 * be.
 */
final class JsonValue {

    private final JsonParser json;
    private final byte[] bytes;

    JsonValue(JsonParser json, byte[] bytes) {
        this.json = json;
        this.bytes = bytes;
    }

    /** Sets the target to the value of a text, without quotes and escapes. */
    void readText(Utf8Slice target) throws IOException, UnfitEvent {
        int from = start() + 1;
        int to = from;
        while (to < bytes.length && bytes[to] != '"' && bytes[to] != '\\') {
            to++;
        }
        if (to < bytes.length && bytes[to] == '"') {
            target.set(bytes, from, to - from);
        } else {
            byte[] decoded = encode(json.getText());
            target.set(decoded, 0, decoded.length);
        }
    }

    /** Sets the target to the value as it stands in the event: a number, or an object or array as JSON. */
    void readVerbatim(Utf8Slice target) throws IOException {
        int start = start();
        target.set(bytes, start, end() - start);
    }

    /** The value as it stands in the event, for messages. */
    String received() throws IOException {
        int start = start();
        return new String(bytes, start, end() - start, StandardCharsets.UTF_8);
    }

    /** A number, see {@link ExactNumber#read}. */
    long readNumber(int precision, int scale) throws IOException {
        int start = start();
        return ExactNumber.read(bytes, start, start + json.getTextLength(), precision, scale);
    }

    /** Where the value begins; a text with its quote. */
    private int start() {
        return (int) json.currentTokenLocation().getByteOffset();
    }

    /** Where it ends. Moves the parser there. */
    private int end() throws IOException {
        JsonToken token = json.currentToken();
        if (token != null && token.isNumeric()) {
            return start() + json.getTextLength();
        }
        json.skipChildren();
        json.finishToken();
        return (int) json.currentLocation().getByteOffset();
    }

    /** Text as UTF-8; refused where an escape stands for half a character. */
    static byte[] encode(String text) throws UnfitEvent {
        try {
            var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] utf8 = new byte[encoded.remaining()];
            encoded.get(utf8);
            return utf8;
        } catch (CharacterCodingException e) {
            throw UnfitEvent.of(
                    Rejection.Code.NOT_UTF8, "Cannot store a text: it has half of a surrogate pair (expected both)");
        }
    }
}
