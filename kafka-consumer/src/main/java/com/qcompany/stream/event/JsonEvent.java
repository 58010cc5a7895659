package com.qcompany.stream.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;

/**
 * Reads the members of one JSON object after the other into rows: known fields into their columns, the others into the
 * extras. Not thread-safe.
 */
final class JsonEvent {

    private static final Map<String, EventField> OF_EVENT = EventField.ofEvent();
    private static final Map<String, EventField> OF_METADATA = EventField.ofMetadata();
    private static final long METADATA_BIT = 1L << EventField.values().length;

    private final EventColumns columns;
    private long fieldsSeen;

    JsonEvent(EventColumns columns) {
        this.columns = columns;
    }

    /**
     * Reads the parser's object to the end of the input.
     *
     * @throws IOException if it is no JSON
     */
    void read(JsonText json, EventRow row) throws IOException, UnfitEvent {
        fieldsSeen = 0;
        JsonParser parser = json.parser();
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw UnfitEvent.of(Rejection.Code.BROKEN_JSON, "Cannot read event: it is empty (expected a JSON object)");
        }
        if (first != JsonToken.START_OBJECT) {
            throw UnfitEvent.of(
                    Rejection.Code.NOT_AN_OBJECT,
                    "Cannot read event: it is %s (expected a JSON object)"
                            .formatted(first == JsonToken.START_ARRAY ? "an array" : "a single value"));
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            EventField field = OF_EVENT.get(name);
            JsonToken token = parser.nextToken();
            if (field != null) {
                readField(field, token, json, row);
            } else if (name.equals(EventField.METADATA)) {
                readMetadata(token, json, row);
            } else {
                readExtra(name, token, json, row);
            }
        }
        if (parser.nextToken() != null) {
            throw UnfitEvent.of(
                    Rejection.Code.BROKEN_JSON, "Cannot read event: it goes on after its end (expected one object)");
        }
    }

    private void readMetadata(JsonToken token, JsonText json, EventRow row) throws IOException, UnfitEvent {
        see(METADATA_BIT, EventField.METADATA);
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            throw UnfitEvent.mismatch(EventField.METADATA, json.received(), "an object");
        }
        JsonParser parser = json.parser();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            EventField field = OF_METADATA.get(name);
            JsonToken inner = parser.nextToken();
            if (field != null) {
                readField(field, inner, json, row);
            } else {
                readExtra(EventField.METADATA_PREFIX + name, inner, json, row);
            }
        }
    }

    private void readField(EventField field, JsonToken token, JsonText json, EventRow row)
            throws IOException, UnfitEvent {
        see(1L << field.ordinal(), field.path());
        columns.read(field, token, json, row);
    }

    private static void readExtra(String name, JsonToken token, JsonText json, EventRow row)
            throws IOException, UnfitEvent {
        json.requireWhole(name);
        if (!row.addExtra(name, token == JsonToken.VALUE_NULL ? null : json.extra(token))) {
            throw UnfitEvent.duplicate(name);
        }
    }

    private void see(long bit, String name) throws UnfitEvent {
        if ((fieldsSeen & bit) != 0) {
            throw UnfitEvent.duplicate(name);
        }
        fieldsSeen |= bit;
    }
}
