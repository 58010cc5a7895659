package com.qcompany.warehouse.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.OptionalInt;

/** Finds lines of keys and values in the text of a contract, by JSON pointer and text. */
public interface KeyLine {

    boolean isWanted(String pointer, String text);

    /** Number of the first line that is wanted; none too where the text is no YAML. */
    static OptionalInt in(String yaml, KeyLine wanted) {
        try (JsonParser parser = new YAMLFactory().createParser(yaml)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String pointer = parser.getParsingContext().pathAsPointer().toString();
                if (wanted.isWanted(pointer, token.isScalarValue() ? parser.getText() : "")) {
                    return OptionalInt.of(parser.currentTokenLocation().getLineNr());
                }
            }
            return OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }
}
