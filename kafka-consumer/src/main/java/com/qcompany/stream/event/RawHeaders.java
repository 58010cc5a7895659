package com.qcompany.stream.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A record's headers as a text that gives them back exactly: {@code [["name","base64"],["other",null]]}. */
final class RawHeaders {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RawHeaders() {}

    /** The text of headers, or null where there are none. */
    static @Nullable String toJson(Headers headers) {
        ArrayNode list = JSON.createArrayNode();
        for (Header header : headers) {
            list.addArray().add(header.key()).add(header.value());
        }
        return list.isEmpty() ? null : list.toString();
    }

    static Headers fromJson(String text) {
        try {
            RecordHeaders headers = new RecordHeaders();
            for (JsonNode header : JSON.readTree(text)) {
                headers.add(
                        header.get(0).textValue(),
                        header.get(1).isNull() ? null : header.get(1).binaryValue());
            }
            return headers;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read headers: %s (expected [[name, base64], …])".formatted(text), e);
        }
    }
}
