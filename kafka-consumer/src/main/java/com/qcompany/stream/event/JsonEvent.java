package com.qcompany.stream.event;

import static com.qcompany.stream.event.Rejection.Code.DUPLICATE_FIELD;
import static com.qcompany.stream.event.Rejection.Code.NOT_AN_OBJECT;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads the members of one JSON object after the other into rows: known fields into their columns, the others into the
 * extras. Not thread-safe.
 */
final class JsonEvent {

    private static final Map<String, EventField> OF_EVENT = EventField.ofEvent();
    private static final Map<String, EventField> OF_METADATA = EventField.ofMetadata();
    private static final long METADATA_BIT = 1L << EventField.values().length;
    private static final int MOST_KNOWN_NAMES = 1_000;

    private final EventColumns columns;
    private final Map<String, byte[]> encodedNames = new HashMap<>();
    private final Set<String> extrasSeen = new HashSet<>();
    private long fieldsSeen;

    JsonEvent(EventColumns columns) {
        this.columns = columns;
    }

    /**
     * Reads the parser's object to the end of the input.
     *
     * @throws IOException if it is no JSON
     */
    void read(JsonParser json, byte[] bytes, EventRow row) throws IOException, UnfitEvent {
        fieldsSeen = 0;
        extrasSeen.clear();
        JsonToken first = json.nextToken();
        if (first == null) {
            throw UnfitEvent.of(
                    Rejection.Code.BROKEN_JSON, "Cannot read an event: it is empty (expected a JSON object)");
        }
        JsonValue value = new JsonValue(json, bytes);
        if (first != JsonToken.START_OBJECT) {
            throw UnfitEvent.of(
                    NOT_AN_OBJECT,
                    "Cannot read an event: it is %s (expected a JSON object)"
                            .formatted(first == JsonToken.START_ARRAY ? "an array" : "a single value"));
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            EventField field = OF_EVENT.get(name);
            JsonToken token = json.nextToken();
            if (field != null) {
                readField(field, token, value, row);
            } else if (name.equals(EventField.METADATA)) {
                readMetadata(json, token, value, row);
            } else {
                readExtra(name, token, value, row);
            }
        }
        if (json.nextToken() != null) {
            throw UnfitEvent.of(
                    Rejection.Code.BROKEN_JSON, "Cannot read an event: it goes on after its end (expected one object)");
        }
    }

    private void readMetadata(JsonParser json, JsonToken token, JsonValue value, EventRow row)
            throws IOException, UnfitEvent {
        see(METADATA_BIT, EventField.METADATA);
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            throw UnfitEvent.mismatch(EventField.METADATA, value.received(), "an object");
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            EventField field = OF_METADATA.get(name);
            JsonToken inner = json.nextToken();
            if (field != null) {
                readField(field, inner, value, row);
            } else {
                readExtra(EventField.METADATA_PREFIX + name, inner, value, row);
            }
        }
    }

    private void readField(EventField field, JsonToken token, JsonValue value, EventRow row)
            throws IOException, UnfitEvent {
        see(1L << field.ordinal(), field.path());
        columns.read(field, token, value, row);
    }

    private void readExtra(String name, JsonToken token, JsonValue value, EventRow row) throws IOException, UnfitEvent {
        if (!extrasSeen.add(name)) {
            throw duplicate(name);
        }
        Utf8Slice target = row.extras().add(encoded(name));
        if (token == JsonToken.VALUE_STRING) {
            value.readText(target);
        } else if (token != JsonToken.VALUE_NULL) {
            value.readVerbatim(target);
        }
    }

    private byte[] encoded(String name) throws UnfitEvent {
        byte[] known = encodedNames.get(name);
        if (known == null) {
            known = JsonValue.encode(name);
            if (encodedNames.size() == MOST_KNOWN_NAMES) {
                encodedNames.clear();
            }
            encodedNames.put(name, known);
        }
        return known;
    }

    private void see(long bit, String name) throws UnfitEvent {
        if ((fieldsSeen & bit) != 0) {
            throw duplicate(name);
        }
        fieldsSeen |= bit;
    }

    private static UnfitEvent duplicate(String name) {
        return UnfitEvent.of(DUPLICATE_FIELD, "Cannot read an event: %s stands twice (expected once)".formatted(name));
    }
}
