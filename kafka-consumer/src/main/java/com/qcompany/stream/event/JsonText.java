package com.qcompany.stream.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A JSON parser and the UTF-8 that it reads.
 *
 * @param mayHoldHalves whether an escape in it may stand for half of a surrogate pair, which UTF-8 cannot store
 */
record JsonText(JsonParser parser, byte[] utf8, boolean mayHoldHalves) {

    /** The value that the parser stands at as it stands in the event, for messages. Moves the parser to its end. */
    String received() throws IOException {
        JsonToken token = parser.currentToken();
        return token != null && token.isNumeric() ? parser.getText() : verbatim();
    }

    /** The text, number, object or array that the parser stands at, as it is kept where no column is declared. */
    String extra(JsonToken token) throws IOException, UnfitEvent {
        return whole(token.isStructStart() ? verbatim() : parser.getText());
    }

    /** The text; refused where an escape in it stands for half a character. */
    String whole(String value) throws UnfitEvent {
        if (mayHoldHalves && !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new UnfitEvent(
                    Rejection.Code.NOT_UTF8, "Cannot store a text: it has half of a surrogate pair (expected both)");
        }
        return value;
    }

    /** Where the parser stands, for messages. */
    String place() {
        String field = Rejection.cut(parser.getParsingContext().pathAsPointer().toString());
        String where = field.isEmpty() ? "" : ", in field " + field.substring(1).replace('/', '.');
        return "at byte %d%s".formatted(parser.currentLocation().getByteOffset(), where);
    }

    private String verbatim() throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return new String(utf8, start, end - start, StandardCharsets.UTF_8);
    }
}
